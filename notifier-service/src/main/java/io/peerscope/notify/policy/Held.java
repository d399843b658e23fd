package io.peerscope.notify.policy;

import java.util.Locale;

/** Why an event became no message of its own. Counted under this word and shown to people. */
public enum Held {
    /** The same alert was sent less than the cooldown ago; it is sent when that is over, if it still fires. */
    COOLDOWN,
    /** The channel had its messages for this minute; the alert is named in the next digest. */
    THROTTLED,
    /** Milder than the channel wants to hear of. */
    BELOW_SEVERITY,
    /** The severity fell; people learn of it with the end of the alert. */
    MILDER,
    /** It ended before anyone was told that it began. */
    ENDED_UNTOLD,
    /** The channel does not want to hear of ends. */
    RESOLVED_UNWANTED,
    /** Nobody needs to hear of this kind of transition. */
    NOT_NEWS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
