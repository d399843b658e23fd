package io.peerscope.notify.wiring;

import io.peerscope.notify.email.MailServer;
import io.peerscope.notify.sms.SmsAccount;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code peerscope.notify.*}. */
@ConfigMapping(prefix = "peerscope.notify")
public interface NotifierSettings {
    /** Whether messages may go to loopback and private addresses. */
    @WithDefault("false")
    boolean privateTargets();

    /** To which messages may go outside of private networks, where they go by https. */
    @WithDefault("443,8443")
    Set<Integer> ports();

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

    /** The dashboard's address as people reach it; without one, messages carry no links. */
    Optional<String> publicUrl();

    Heartbeat heartbeat();

    /** {@code peerscope.notify.heartbeat.*}: a watchdog outside that wants to be told that we are well. */
    interface Heartbeat {
        /** POSTed to; without it there is no heartbeat. */
        Optional<String> url();

        @WithDefault("1m")
        Duration every();
    }

    /** {@code peerscope.notify.sms."<name>".*}: who sends text messages, by the name that channels give as account. */
    Map<String, Sms> sms();

    /** One of them. */
    interface Sms {
        /** What a provider speaks. */
        enum Kind {
            TWILIO,
            GATEWAY
        }

        @WithDefault("twilio")
        Kind kind();

        /** Of a gateway; {@code https://api.twilio.com} where it is left out. */
        Optional<String> url();

        /** Twilio's account id. */
        Optional<String> sid();

        String token();

        /** A number in E.164, or what the provider takes for one. */
        String from();

        /** @throws IllegalArgumentException naming the setting that is missing */
        default SmsAccount account(String name) {
            return switch (kind()) {
                case TWILIO ->
                    new SmsAccount.Twilio(
                            url().orElse("https://api.twilio.com"), needed(sid(), name, "sid"), token(), from());
                case GATEWAY -> new SmsAccount.Gateway(needed(url(), name, "url"), token(), from());
            };
        }

        private static String needed(Optional<String> value, String name, String setting) {
            return value.orElseThrow(
                    () -> new IllegalArgumentException("peerscope.notify.sms." + name + "." + setting + " is missing"));
        }
    }
}
