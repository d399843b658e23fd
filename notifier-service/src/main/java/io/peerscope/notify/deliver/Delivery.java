package io.peerscope.notify.deliver;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What one attempt came to. */
public sealed interface Delivery {
    /** @param missed which of several recipients did not get it; empty: all did */
    record Sent(Optional<String> missed) implements Delivery {
        public Sent() {
            this(Optional.empty());
        }
    }

    /**
     * @param after what the other side asked us to wait; empty: our own back-off
     */
    record Retry(Optional<Duration> after, Cause cause, String detail) implements Delivery {}

    /** It would have been sent, had it been meant. */
    record DryRun(String detail) implements Delivery {}

    /**
     * It will not work by trying again.
     *
     * @param ofMessage whether that may lie in the message, so that another would be taken
     */
    record Refused(Cause cause, String detail, boolean ofMessage) implements Delivery {
        public Refused(Cause cause, String detail) {
            this(cause, detail, false);
        }
    }

    static Delivery retry(Cause cause, String detail) {
        return new Retry(Optional.empty(), cause, detail);
    }

    /** Why an attempt failed, or why there was none. */
    enum Cause {
        AUTH,
        RATE_LIMITED,
        CLIENT_ERROR,
        /** The other side wants to hear nothing at this address ever again. */
        GONE,
        /** Of some of the recipients; the others were told. */
        RECIPIENTS_REFUSED,
        SERVER_ERROR,
        TIMEOUT,
        UNREACHABLE,
        ADDRESS_FORBIDDEN,
        NOT_CONFIGURED,
        UNSUPPORTED,
        CHANNEL_REMOVED,
        CHANNEL_DISABLED,
        /** An action that is not asked for while the network is like this. */
        NETWORK_UNHEALTHY,
        /** A fault of this program. */
        INTERNAL;

        /** Whether another channel would have done better. */
        boolean isOfChannel() {
            return this != NETWORK_UNHEALTHY;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
