package io.peerscope.notify.policy;

import java.util.Locale;

/** Why an event became no message of its own. Counted under this word and shown to people. */
public enum Held {
    /** The same alert was sent less than the cooldown ago; it is sent when that is over, if it still fires. */
    COOLDOWN,
    /** The channel had its messages for this minute; the alert is named in the next digest. */
    THROTTLED,
    /** So many alerts got worse at once that they share one message, within a second. */
    FOLDED,
    /** Milder than the channel wants to hear of. */
    BELOW_SEVERITY,
    /** The channel wants alerts of other hosts, rules or labels. */
    UNMATCHED,
    /** The channel is switched off. The end of what it was told of is told when it is on again. */
    DISABLED,
    /** A silence covers it; it is sent when that is over, if it still fires. Its end is told to those who know of it. */
    SILENCED,
    /** It comes and goes, as was said; how it stays is told once it has been calm. */
    FLAPPING,
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
