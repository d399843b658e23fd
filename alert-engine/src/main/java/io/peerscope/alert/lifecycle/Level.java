package io.peerscope.alert.lifecycle;

/**
 * How far one severity of a rule has come.
 *
 * @param since event time at which the phase began, epoch milliseconds
 */
public record Level(Phase phase, long since) {

    public enum Phase {
        /** The limit is broken, not yet for the rule's duration. */
        RISING,
        /** It was broken for the duration and has not recovered. */
        ON,
        /** It has recovered and keeps firing for a while. */
        FALLING
    }

    static Level rising(long since) {
        return new Level(Phase.RISING, since);
    }

    static Level on(long since) {
        return new Level(Phase.ON, since);
    }

    static Level falling(long since) {
        return new Level(Phase.FALLING, since);
    }

    boolean fires() {
        return switch (phase) {
            case RISING -> false;
            case ON, FALLING -> true;
        };
    }
}
