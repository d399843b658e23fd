package io.peerscope.query.access;

import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The first credentials of an installation: files {@code admin}, {@code operator}, {@code viewer} and {@code fleet} in a
 * folder, each with one token. Whoever can read the folder is whom the token says; we only learn the hash.
 */
public final class Bootstrap {
    private static final Logger LOG = Logger.getLogger(Bootstrap.class);
    private static final List<Role> ROLES = List.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER, Role.FLEET);

    private final CredentialBook book;
    private final InstantSource clock;

    public Bootstrap(CredentialBook book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /** Makes known what is not known yet; a token that was changed in its file replaces nothing, both count. */
    public void publish(Path folder) throws IOException {
        for (Role role : ROLES) {
            Path file = folder.resolve(role.word());
            if (!Files.isReadable(file)) {
                LOG.warnf("no bootstrap token for %s: %s cannot be read", role.word(), file);
                continue;
            }
            Secret secret = Secret.parse(
                            Files.readString(file, StandardCharsets.US_ASCII).strip())
                    .orElseThrow(() -> new IOException(file + " does not hold a token"));
            if (book.find(secret.id()).isEmpty()) {
                book.put(new Credential(
                        secret.id(), Credential.Use.TOKEN, role, role.word(), secret.hash(), clock.instant(), null));
            }
        }
    }
}
