package io.peerscope.notify.email;

import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The SMTP server that mail is handed to, and who we are there.
 *
 * @param tls {@code required}: STARTTLS or nothing; {@code implicit}: TLS from the first byte (port 465); {@code optional}
 *     and {@code off} also speak plainly
 */
public record MailServer(
        String host, int port, Tls tls, Optional<String> username, Optional<String> password, String from) {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(15);

    /** How the connection is protected. */
    public enum Tls {
        REQUIRED,
        IMPLICIT,
        OPTIONAL,
        OFF
    }

    /**
     * For one client. A client asks by itself that the server's certificate has the server's name, where nobody has said so
     * before; where somebody has, an earlier client included, it does not ask at all.
     */
    MailConfig toVertx() {
        MailConfig config = new MailConfig(host, port)
                .setStarttls(
                        switch (tls) {
                            case REQUIRED -> StartTLSOptions.REQUIRED;
                            case OPTIONAL -> StartTLSOptions.OPTIONAL;
                            case IMPLICIT, OFF -> StartTLSOptions.DISABLED;
                        })
                .setSsl(tls == Tls.IMPLICIT)
                .setLogin(username.isPresent() ? LoginOption.REQUIRED : LoginOption.NONE)
                .setKeepAlive(false);
        config.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        // Without it a server that falls silent keeps its connection, and ten of them the whole pool, for ever.
        config.setIdleTimeout((int) SILENCE_LIMIT.toSeconds());
        username.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        return config;
    }

    /** Without the password, because records end up in logs. */
    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + ", " + tls + "]";
    }
}
