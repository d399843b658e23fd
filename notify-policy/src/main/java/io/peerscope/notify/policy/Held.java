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
    /** It waits a moment for others of its group, to share a message with them. */
    GROUPED,
    /** An alert from which it follows is on; it is sent when that is over, if it still fires. */
    INHIBITED,
    /**
     * It is of a link that failed with others, or with the host at its end, of which the channel is told by one alert; it is
     * sent when that is over, if it still fires.
     */
    INCIDENT,
    /** The channel is told only of what nobody acknowledges for a while. */
    ESCALATION,
    /** The channel's quiet hours; it is sent when they are over, if it still fires. */
    QUIET_HOURS,
    /** The channel had its actions for this minute; this one is not done later either. */
    ACTION_LIMIT,
    /** Milder than the channel wants to hear of. */
    BELOW_SEVERITY,
    /** The channel wants alerts of other hosts, rules or labels. */
    UNMATCHED,
    /** The channel is switched off; it is sent when that is over, if it still fires. So is the end of what was told. */
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

    /**
     * Whether it is to be written down for each channel. What holds for all channels alike is known from the alert itself,
     * and that a channel wants something else is no news of the alert.
     */
    public boolean ofOneChannel() {
        return switch (this) {
            case COOLDOWN, THROTTLED, FOLDED, GROUPED, INHIBITED, INCIDENT, ESCALATION, QUIET_HOURS, ACTION_LIMIT ->
                true;
            case BELOW_SEVERITY, DISABLED, MILDER, ENDED_UNTOLD, RESOLVED_UNWANTED -> true;
            case UNMATCHED, SILENCED, FLAPPING, NOT_NEWS -> false;
        };
    }
}
