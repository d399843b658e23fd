package io.peerscope.notify.wiring;

import io.peerscope.notify.email.MailServer;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** {@code peerscope.notify.*}. */
@ConfigMapping(prefix = "peerscope.notify")
public interface NotifierSettings {
    /** Whether messages may go to loopback and private addresses. */
    @WithDefault("false")
    boolean privateTargets();

    Mail mail();

    /** {@code peerscope.notify.mail.*}; without a host no mail is sent. */
    interface Mail {
        Optional<String> host();

        @WithDefault("587")
        int port();

        @WithDefault("required")
        MailServer.Tls tls();

        Optional<String> username();

        Optional<String> password();

        @WithDefault("peerscope@localhost")
        String from();

        default Optional<MailServer> server() {
            return host().map(name -> new MailServer(name, port(), tls(), username(), password(), from()));
        }
    }
}
