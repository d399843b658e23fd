package io.peerscope.ingest.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How wrong each host's clock is, from {@code received − sent}: the host's error plus the time on the way. The way only
 * ever adds, so the smallest difference seen is the best estimate; it falls at once, and rises only when several
 * differences in a row agree that the clock has been set. What was queued and sent late therefore never looks like a
 * slow clock, whose first few batches are taken as they are.
 *
 * <p>The correction is a whole number of seconds and sticks until it is off by more than one: a batch that is sent again,
 * to this instance or another, keeps its event times and so its identity.
 *
 * <p>A host that does not say when it sent is judged by its newest timestamp, which tells at least of a clock that is ahead:
 * nothing can have been measured after it arrived. One odd timestamp tells that, too, so at first only what lies in the
 * future is corrected; the host's other points are once several batches in a row have shown that all of them are ahead. So
 * a point in the future makes no true one late.
 *
 * <p>Of a host that this instance has not heard of, what another instance has found holds until it is shown otherwise: so a
 * batch that comes again after a restart, or somewhere else, is corrected as it was.
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
    /**
     * Senders' times are mostly whole seconds or parts of them. What is moved by itself goes so much further, milliseconds, and
     * lands on no true point, which would have to give way.
     */
    private static final long ASIDE = 137;

    private final Map<String, Clock> clocks;
    private final ToLongFunction<String> elsewhere;

    /** @param hosts how many hosts are remembered */
    public ClockSkew(int hosts) {
        this(hosts, host -> 0);
    }

    /** @param elsewhere what was added last to a host's timestamps, whoever added it, milliseconds; 0 where nothing was */
    public ClockSkew(int hosts, ToLongFunction<String> elsewhere) {
        this.elsewhere = elsewhere;
        this.clocks = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Clock> eldest) {
                return size() > hosts;
            }
        };
    }

    /**
     * Learns from a batch that says when it was sent.
     *
     * @param difference received − sent, milliseconds
     * @return what to add to this host's timestamps, milliseconds
     */
    public synchronized long observe(String host, long difference) {
        Clock clock = heard(host, true);
        clock.observeSent(difference);
        return clock.sent.correction;
    }

    /**
     * Learns from the timestamps of a batch that was sent as soon as it was measured.
     *
     * @param difference received − the newest of them, corrected by what is known of when batches were sent; milliseconds
     * @param all whether every subject of the batch is ahead, and nothing better is known of the host's clock
     */
    synchronized void observeNewest(String host, long difference, boolean all) {
        Clock clock = difference < 0 ? heard(host, false) : known(host, false);
        if (clock != null) {
            clock.observeNewest(Math.min(0, difference), all);
        }
    }

    /** What to add to this host's timestamps for when its batches were sent, milliseconds. */
    synchronized long ofSending(String host) {
        Clock clock = known(host, false);
        return clock == null ? 0 : clock.sent.correction;
    }

    /** What to add to this host's timestamps, milliseconds. */
    public synchronized long correction(String host) {
        Clock clock = known(host, false);
        return clock == null ? 0 : clock.correction();
    }

    /** What to add to those that would lie in the future otherwise, milliseconds. */
    synchronized long correctionOfFuture(String host) {
        Clock clock = known(host, false);
        return clock == null ? 0 : clock.correctionOfFuture();
    }

    private Clock heard(String host, boolean saysWhen) {
        Clock known = known(host, saysWhen);
        if (known == null) {
            known = new Clock();
            clocks.put(host, known);
        }
        return known;
    }

    /** @param saysWhen whether the host says when it sends, as far as can be told by this batch */
    private @Nullable Clock known(String host, boolean saysWhen) {
        Clock known = clocks.get(host);
        if (known == null) {
            long told = elsewhere.applyAsLong(host);
            if (told != 0) {
                known = Clock.corrected(told, saysWhen);
                clocks.put(host, known);
            }
        }
        return known;
    }

    private static final class Clock {
        private final Estimate sent = new Estimate();
        /** On top of it. */
        private Estimate points = new Estimate();
        /** Batches in a row of which everything was ahead. */
        private int ahead;

        /** Only who says when he sends is known to be behind; and only what lay in the future alone is moved aside. */
        static Clock corrected(long told, boolean saysWhen) {
            Clock clock = new Clock();
            boolean whole = told % STEP == 0;
            if (told > 0 || saysWhen && whole) {
                clock.sent.take(told);
            } else {
                clock.points.take(Math.round(told / (double) STEP) * STEP);
                clock.ahead = whole ? AGREEING : 0;
            }
            return clock;
        }

        void observeNewest(long difference, boolean all) {
            points.observe(difference);
            ahead = points.correction == 0 ? 0 : all || ahead >= AGREEING ? Math.min(ahead + 1, AGREEING) : 0;
        }

        void observeSent(long difference) {
            long before = sent.correction;
            sent.observe(difference);
            if (sent.correction != before || ahead > 0) {
                points = new Estimate();
                ahead = 0;
            }
        }

        long correctionOfFuture() {
            long aside = points.correction == 0 || ahead >= AGREEING ? 0 : ASIDE;
            return sent.correction + points.correction - aside;
        }

        long correction() {
            return ahead >= AGREEING ? sent.correction + points.correction : sent.correction;
        }
    }

    private static final class Estimate {
        /** A clock is right until shown otherwise. */
        private long smallest;

        private long correction;
        private int run;
        private long runSmallest;
        private long runLargest;

        void take(long found) {
            smallest = found;
            correction = found;
        }

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
