package io.peerscope.simulator.world;

import java.time.Duration;

/**
 * Something that goes wrong for a while and then is well again.
 *
 * @param target position of the host or link in the population
 * @param from counted from the start of a round of the script, as is until
 */
record Incident(Kind kind, int target, Duration from, Duration until) {
    private static final double RISE_SECONDS = 15;
    private static final double FALL_SECONDS = 25;

    enum Kind {
        /** Too many players for the machine: CPU, tick times and latencies rise with them. */
        OVERLOAD,
        /** Memory fills up until something is restarted. */
        MEMORY_LEAK,
        /** Requests fail, the disk fills with logs about it. */
        ERRORS,
        /** The host says nothing; its peers lose it. */
        SILENCE,
        /** The first map of the host is down. */
        MAP_DOWN,
        /** Loss, jitter and latency on one link, seen from both ends. */
        LINK_TROUBLE,
        /** The direct way is gone; the link goes by a relay. */
        RELAYED,
        /** The host's reports are lost, while its links go on. */
        MUTE,
        /** One direction of a link takes a detour. */
        ONE_WAY_DETOUR,
        /** One end of a link says that it failed; the other has it. */
        DENIED,
        /** Every link between the region of the host and the rest fails. */
        PARTITION
    }

    boolean covers(Duration elapsed) {
        return elapsed.compareTo(from) >= 0 && elapsed.compareTo(until) < 0;
    }

    /** 0 outside, 1 in full swing, between the two while it comes and goes. */
    double strength(Duration elapsed) {
        if (!covers(elapsed)) {
            return 0;
        }
        double since = elapsed.minus(from).toMillis() / 1000.0;
        double left = until.minus(elapsed).toMillis() / 1000.0;
        return Math.min(1, Math.min(since / RISE_SECONDS, left / FALL_SECONDS));
    }
}
