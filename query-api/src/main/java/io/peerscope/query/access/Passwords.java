package io.peerscope.query.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Argon2id, 19 MiB and two passes; a few at a time, so that guessing cannot take all memory. */
public final class Passwords {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;
    private static final Argon2Function HASH = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);
    /** What everybody tries first, beyond what the name of the product or the user gives. */
    private static final Set<String> WORN_OUT = Set.of(
            "password",
            "password1",
            "passw0rd",
            "12345678",
            "123456789",
            "1234567890",
            "qwertyui",
            "qwerty123",
            "qwertyuiop",
            "11111111",
            "00000000",
            "iloveyou",
            "letmein1",
            "sunshine",
            "princess",
            "football",
            "baseball",
            "trustno1",
            "superman",
            "changeme",
            "admin123",
            "administrator",
            "welcome1",
            "abc12345",
            "abcd1234",
            "asdfghjk",
            "1q2w3e4r",
            "zaq12wsx",
            "whatever",
            "starwars",
            "computer",
            "monitoring");

    private final Semaphore running = new Semaphore(2);
    /** Verified when there is no such user, so that the answer takes as long as for one that exists. */
    private final String decoy;

    public Passwords() {
        this.decoy = hash("nobody's password");
    }

    /** What is wrong with a new password; empty where nothing is. */
    public static Optional<String> fault(String password, String username) {
        String lower = password.toLowerCase(Locale.ROOT);
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return Optional.of("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        if (WORN_OUT.contains(lower)
                || lower.contains("peerscope")
                || lower.equals(username.toLowerCase(Locale.ROOT))
                || lower.chars().distinct().count() < 3) {
            return Optional.of("this password is among the first that anybody tries");
        }
        return Optional.empty();
    }

    public String hash(String password) {
        return limited(
                () -> Password.hash(password).addRandomSalt(16).with(HASH).getResult());
    }

    /** Takes the same time whether the user exists or not. */
    public boolean matches(String password, Optional<String> hash) {
        boolean right =
                limited(() -> Password.check(password, hash.orElse(decoy)).with(HASH));
        return right && hash.isPresent();
    }

    private <T> T limited(Supplier<T> work) {
        running.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            running.release();
        }
    }
}
