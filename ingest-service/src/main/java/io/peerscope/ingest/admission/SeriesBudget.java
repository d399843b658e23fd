package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How many series may be active: a series is a field of a subject, active while it was seen within the last hour or two.
 * Beyond the budget of its host, or of all hosts together, a series that is not active is refused; those that are, live
 * on. What a subject has but fields (its states) counts as one field more.
 *
 * <p>So that nobody fills the dictionary of shapes with all the combinations of a few fields, a host may also have no more
 * shapes than series.
 *
 * <p>Lives in memory: after a start everything is new, and where a host has more series than it may, those that come first
 * are in. Each instance counts what comes to it. Thread-safe.
 */
public final class SeriesBudget {
    /** One that is active lives through this generation and the next. */
    private static final long GENERATION = Duration.ofHours(1).toMillis();
    /** Points that were let in lately, by subject and shape; some 20 MB when it is full. */
    private static final int KNOWN = 1 << 15;

    private static final String STATES = "";

    private final KeyedHash hash;
    private final ActiveKeys series;
    private final ActiveKeys shapes;
    private final AtomicReferenceArray<Known> known = new AtomicReferenceArray<>(KNOWN);
    private volatile long generation = Long.MIN_VALUE;

    private record Known(Subject subject, Shape shape, long generation) {}

    /** @param perHost most series of a host, and most shapes */
    public record Limits(int perHost, long total) {
        public Limits {
            if (perHost < 1 || total < 1) {
                throw new IllegalArgumentException(
                        "peerscope.ingest.series-per-host and series-total must be at least 1, were %d and %d"
                                .formatted(perHost, total));
            }
        }

        public static Limits standard() {
            return new Limits(5_000, 1_000_000);
        }
    }

    public SeriesBudget(Limits limits) {
        SecureRandom secret = new SecureRandom();
        this.hash = new KeyedHash(secret.nextLong(), secret.nextLong());
        this.series = new ActiveKeys(limits.perHost(), limits.total());
        this.shapes = new ActiveKeys(limits.perHost(), limits.total());
    }

    /** Tells the time, before the points of a request are looked at. Epoch milliseconds; older than before changes nothing. */
    void advance(long now) {
        if (Math.floorDiv(now, GENERATION) > generation) {
            turn(Math.floorDiv(now, GENERATION));
        }
    }

    private synchronized void turn(long current) {
        if (current > generation) {
            series.turn();
            shapes.turn();
            if (current > generation + 1) {
                series.turn();
                shapes.turn();
            }
            generation = current;
        }
    }

    /** Whether a point of this subject with these fields was let in lately: the quick way. */
    boolean knows(Subject subject, Shape shape) {
        Known last = known.getPlain(place(subject, shape));
        return last != null
                && last.generation == generation
                && last.shape.equals(shape)
                && last.subject.equals(subject);
    }

    private static int place(Subject subject, Shape shape) {
        int mixed = (subject.hashCode() * 31 + shape.hashCode()) * 0x9e3779b9;
        return mixed >>> 17;
    }

    /** Series that are active here. */
    public long active() {
        return series.active();
    }

    long shapes() {
        return shapes.active();
    }

    /** Asks for a subject without fields. */
    boolean ask(Subject subject) {
        return series.see(hash.of(subject.host()), hash.of(hash.of(subject), hash.of(STATES)));
    }

    /** Asks for a shape whose fields were let in one by one. */
    boolean takes(Subject subject, Shape shape) {
        return takes(hash.of(subject.host()), shape);
    }

    private boolean takes(long owner, Shape shape) {
        long whole = 0;
        for (int field = 0; field < shape.size(); field++) {
            whole = hash.of(
                    whole, hash.of(shape.field(field)) + shape.type(field).number());
        }
        return shapes.see(owner, whole);
    }

    /**
     * Asks for each field.
     *
     * @param over set to true for each field that is refused
     * @return how many are refused
     */
    int ask(Subject subject, Shape shape, boolean[] over) {
        long owner = hash.of(subject.host());
        if (!takes(owner, shape)) {
            Arrays.fill(over, true);
            return over.length;
        }
        long whole = hash.of(subject);
        int denied = 0;
        for (int field = 0; field < over.length; field++) {
            if (!series.see(owner, hash.of(whole, hash.of(shape.field(field))))) {
                over[field] = true;
                denied++;
            }
        }
        if (denied == 0) {
            known.setPlain(place(subject, shape), new Known(subject, shape, generation));
        }
        return denied;
    }
}
