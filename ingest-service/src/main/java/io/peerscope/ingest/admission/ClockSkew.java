package io.peerscope.ingest.admission;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How wrong each host's clock is, from {@code received − sent}: the host's error plus the time on the way. The way only
 * ever adds, so the smallest difference seen is the best estimate; it falls at once, and rises only when several
 * differences in a row agree that the clock has been set. What was queued and sent late therefore never looks like a
 * slow clock, whose first few batches are taken as they are.
 *
 * <p>The correction is a whole number of seconds and sticks until it is off by more than one: a batch that is sent again,
 * to this instance or another, keeps its event times and so its identity.
 *
 * <p>Thread-safe. Remembers the hosts that were heard of last.
 */
public final class ClockSkew {
    /** A host cannot be ahead by its network; an error below this is left alone, milliseconds. */
    private static final long AHEAD = 1000;
    /** A host may seem behind by its network, milliseconds. */
    private static final long BEHIND = 2000;

    private static final long STEP = 1000;
    /** So many differences in a row, so close together, make the estimate rise. */
    private static final int AGREEING = 4;

    private static final long CLOSE = 1000;

    private final Map<String, Estimate> estimates;

    /** @param hosts how many hosts are remembered */
    public ClockSkew(int hosts) {
        this.estimates = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Estimate> eldest) {
                return size() > hosts;
            }
        };
    }

    /**
     * Learns from one batch.
     *
     * @param difference received − sent, milliseconds
     * @return what to add to this host's timestamps, milliseconds
     */
    public synchronized long observe(String host, long difference) {
        Estimate estimate = estimates.get(host);
        if (estimate == null) {
            estimate = new Estimate();
            estimates.put(host, estimate);
        }
        estimate.observe(difference);
        return estimate.correction;
    }

    /** What to add to this host's timestamps where nothing new is known, milliseconds. */
    public synchronized long correction(String host) {
        Estimate estimate = estimates.get(host);
        return estimate == null ? 0 : estimate.correction;
    }

    private static final class Estimate {
        /** A clock is right until shown otherwise. */
        private long smallest;

        private long correction;
        private int run;
        private long runSmallest;
        private long runLargest;

        void observe(long difference) {
            if (difference <= smallest) {
                smallest = difference;
                run = 0;
            } else if (difference > smallest + CLOSE) {
                rise(difference);
            } else {
                run = 0;
            }
            long wanted = smallest < -AHEAD || smallest > BEHIND ? Math.round(smallest / (double) STEP) * STEP : 0;
            if (Math.abs(smallest - correction) >= STEP) {
                correction = wanted;
            }
        }

        private void rise(long difference) {
            boolean agrees = run > 0 && Math.max(runLargest, difference) - Math.min(runSmallest, difference) <= CLOSE;
            runSmallest = agrees ? Math.min(runSmallest, difference) : difference;
            runLargest = agrees ? Math.max(runLargest, difference) : difference;
            run = agrees ? run + 1 : 1;
            if (run >= AGREEING) {
                smallest = runSmallest;
                run = 0;
            }
        }
    }
}
