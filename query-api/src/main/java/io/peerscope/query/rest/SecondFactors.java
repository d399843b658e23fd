package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.secret.SecretBox;
import io.peerscope.foundation.secret.UnreadableSecretException;
import io.peerscope.query.access.QrPicture;
import io.peerscope.query.access.RecoveryCodes;
import io.peerscope.query.access.Totp;
import io.peerscope.query.store.SecondFactorTable;
import io.peerscope.query.store.SecondFactorTable.SecondFactor;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jboss.logging.Logger;

/** Second factors: offered, confirmed, and asked for. A code counts once, whoever sends it again. */
public final class SecondFactors {
    private static final Logger LOG = Logger.getLogger(SecondFactors.class);

    private static final int DUTY_OF_ADMINS = 1;
    private static final int DUTY_OF_ALL = 2;

    /** Six digits do not hold out for ever against who waits in between; recovery codes do. NIST SP 800-63B, 3.2.2. */
    private static final int MOST_WRONG = 100;

    private static final Duration DAY = Duration.ofDays(1);

    private final SecondFactorTable table;
    private final SecretBox box;
    private final QueryClock clock;
    private final DoubleSupplier duty;
    private final Totp totp = new Totp();
    private final SecureRandom random = new SecureRandom();

    /** @param duty the setting {@code login.second_factor} as it is now */
    public SecondFactors(SecondFactorTable table, SecretBox box, QueryClock clock, DoubleSupplier duty) {
        this.table = table;
        this.box = box;
        this.clock = clock;
        this.duty = duty;
    }

    /** Whether a password alone does not log in people of this role. */
    boolean due(Role role) {
        double now = duty.getAsDouble();
        return now >= DUTY_OF_ALL || (now >= DUTY_OF_ADMINS && role == Role.ADMIN);
    }

    /** What an app has to be told, by its camera or by hand. */
    public record Offer(String secret, String uri, QrPicture qr) {
        /** Without what must not reach a log. */
        @Override
        public String toString() {
            return "Offer";
        }
    }

    /** The one that counts. */
    Optional<SecondFactor> of(String username) {
        return table.find(username).filter(factor -> factor.confirmedAt() != null);
    }

    Set<String> having() {
        return table.confirmed();
    }

    /** A new secret; the one that counts, where there is one, stays as it is. */
    Offer offer(String username) {
        String secret = Totp.newSecret(random);
        Instant now = clock.source().instant();
        if (!table.offer(username, box.seal(secret, place(username)), now)) {
            throw new ProblemException(ErrorCode.CONFLICT, "there is a second factor; switch it off first");
        }
        String uri = Totp.uri(username, secret);
        return new Offer(secret, uri, QrPicture.of(uri));
    }

    /** What was offered and not confirmed yet. */
    SecondFactor offered(String username) {
        return table.find(username)
                .filter(factor -> factor.confirmedAt() == null)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.CONFLICT, "there is nothing to confirm; ask for a new secret first"));
    }

    /** @return recovery codes, shown this once; empty where the code is not one of what was offered */
    Optional<List<String>> confirm(Connection connection, SecondFactor offered, String code) throws SQLException {
        Instant now = clock.source().instant();
        OptionalLong step = totp.step(secret(offered), bare(code), now);
        if (step.isEmpty()) {
            return Optional.empty();
        }
        List<String> codes = RecoveryCodes.make(random);
        boolean done = SecondFactorTable.confirm(
                connection,
                offered.username(),
                offered.sealed(),
                step.getAsLong(),
                codes.stream().map(RecoveryCodes::hash).toList(),
                now);
        if (!done) {
            throw new ProblemException(ErrorCode.CONFLICT, "another secret was asked for, or confirmed, meanwhile");
        }
        return Optional.of(codes);
    }

    /**
     * Uses a code up, of the app or for recovery.
     *
     * @return false where it is wrong or was used
     */
    boolean use(Connection connection, SecondFactor factor, String code) throws SQLException {
        Instant now = clock.source().instant();
        String secret = secret(factor);
        OptionalLong step = totp.step(secret, bare(code), now);
        if (step.isPresent()
                && SecondFactorTable.wrongCodes(connection, factor.username(), now.minus(DAY)) >= MOST_WRONG) {
            throw new ProblemException(
                    ErrorCode.FORBIDDEN,
                    "too many wrong codes in the last 24 h: use a recovery code, or ask an admin to reset the second"
                            + " factor; and change the password, somebody knows it");
        }
        boolean used = step.isPresent()
                ? SecondFactorTable.use(connection, factor.username(), step.getAsLong())
                : SecondFactorTable.useRecoveryCode(connection, factor.username(), RecoveryCodes.hash(code), now);
        if (used && !box.isCurrent(factor.sealed())) {
            SecondFactorTable.reseal(
                    connection, factor.username(), factor.sealed(), box.seal(secret, place(factor.username())));
        }
        return used;
    }

    /** New recovery codes, shown this once; those from before count no more. */
    List<String> renewCodes(Connection connection, SecondFactor factor) throws SQLException {
        List<String> codes = RecoveryCodes.make(random);
        SecondFactorTable.replaceCodes(
                connection,
                factor.username(),
                codes.stream().map(RecoveryCodes::hash).toList());
        return codes;
    }

    private String secret(SecondFactor factor) {
        try {
            return box.open(factor.sealed(), place(factor.username()));
        } catch (UnreadableSecretException e) {
            LOG.errorf("the second factor of %s cannot be read: %s", factor.username(), e.getMessage());
            throw new ProblemException(
                    ErrorCode.INTERNAL, "the second factor cannot be read; an admin can switch it off");
        }
    }

    private static String place(String username) {
        return "user/" + username + "/totp";
    }

    /** Apps show codes in two groups. */
    private static String bare(String code) {
        return code.replaceAll("\\s", "");
    }
}
