package io.peerscope.ingest.admission;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Sender.OneHost;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Decides what of a batch comes in. After this nothing can be refused any more, so everything that can be wrong is found
 * here.
 *
 * <ul>
 *   <li>The batch falls as a whole when it is not the sender's to write, or when its own words (host, labels) are wrong.
 *   <li>A point falls as a whole when its kind, labels, states or timestamp are wrong: there would be nothing to tie its
 *       samples to.
 *   <li>A field with a wrong name or value falls alone; the rest of its point is kept.
 *   <li>A field beyond the {@link SeriesBudget} falls alone, too.
 *   <li>Of two names for one field in a point the first counts.
 *   <li>The same subject and time twice in a batch is one point with the fields and states of both; what both have is
 *       taken from the later one.
 *   <li>Labels of the batch are labels of the host: subjects of kind {@code host} carry them, others do not. A sender
 *       must keep them the same, since they are part of the subject's identity. {@code simulated} is not kept as a label
 *       but marks the whole batch; a label {@code host} says only what is known and is left out.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Admission {
    private final Map<Dialect, Layouts> layouts = new EnumMap<>(Dialect.class);
    private final Subjects subjects = new Subjects();
    private final MetricCatalogue catalogue;
    private final ClockSkew skew;
    private final Supplier<Limits> current;
    private final SeriesBudget budget;

    /** With the standard budget of series. */
    public Admission(MetricCatalogue catalogue, ClockSkew skew, Limits limits) {
        this(catalogue, skew, limits, new SeriesBudget(SeriesBudget.Limits.standard()));
    }

    public Admission(MetricCatalogue catalogue, ClockSkew skew, Limits limits, SeriesBudget budget) {
        this(catalogue, skew, () -> limits, budget);
    }

    /** @param current asked for each batch, so that they may change */
    public Admission(MetricCatalogue catalogue, ClockSkew skew, Supplier<Limits> current, SeriesBudget budget) {
        for (Dialect dialect : Dialect.values()) {
            layouts.put(dialect, new Layouts(dialect, catalogue));
        }
        this.catalogue = catalogue;
        this.skew = skew;
        this.current = current;
        this.budget = budget;
    }

    /** @param receivedAt epoch milliseconds of our clock */
    public Verdict judge(Draft draft, Sender sender, long receivedAt, String receipt) {
        Faults faults = new Faults();
        Limits limits = current.get();
        try {
            String host = host(draft, sender);
            HostLabels hostLabels = HostLabels.of(draft, host);
            if (draft.dialect() == Dialect.NATIVE && draft.points().size() > limits.points()) {
                throw refusal(ErrorCode.TOO_MANY_POINTS, "at most " + limits.points() + " points");
            }
            if (draft.points().isEmpty()) {
                throw refusal(ErrorCode.MISSING_FIELD, "points must have at least one");
            }
            Corrections corrections = corrections(host, draft, receivedAt);
            EventTime time = new EventTime(receivedAt, corrections.most(), corrections.ofFuture(), limits);
            budget.advance(receivedAt);
            Points points = new Points(
                    draft.dialect(),
                    host,
                    hostLabels.labels(),
                    layouts(draft),
                    subjects,
                    catalogue,
                    time,
                    budget,
                    faults,
                    draft.points().size());
            int accepted = 0;
            for (int i = 0; i < draft.points().size(); i++) {
                accepted += points.add(i, draft.points().get(i));
            }
            if (points.isEmpty()) {
                return new Verdict.Refused(firstCode(faults), "no point of the batch is valid", faults);
            }
            long sentAt = draft.sentAt() == Draft.NO_TIME ? 0 : draft.sentAt();
            PointBatch batch = new PointBatch(
                    host,
                    draft.batch(),
                    sentAt,
                    receivedAt,
                    receipt,
                    corrections.told(),
                    hostLabels.simulated(),
                    points.list(),
                    faults.rejected(),
                    points.merged());
            return new Verdict.Admitted(batch, accepted, points.merged(), faults);
        } catch (RefusedException whole) {
            Faults all = new Faults();
            all.whole(draft, whole.code(), whole.detail());
            return new Verdict.Refused(whole.code(), whole.detail(), all);
        }
    }

    private Layouts layouts(Draft draft) {
        return Objects.requireNonNull(layouts.get(draft.dialect()));
    }

    private static String host(Draft draft, Sender sender) throws RefusedException {
        String host = sender.host(draft.host());
        if (!Grammar.isText(draft.batch())) {
            throw refusal(ErrorCode.BAD_PARAMETER, "batch must be text of at most " + Grammar.TEXT_LIMIT + " bytes");
        }
        if (draft.sentAt() != Draft.NO_TIME && !EventTime.inMilliseconds(draft.sentAt())) {
            throw refusal(ErrorCode.BAD_TIMESTAMP, "sent_at must be RFC 3339 or epoch milliseconds");
        }
        if (sender instanceof OneHost) {
            for (DraftPoint point : draft.points()) {
                if (HostLabels.contradicts(point.labels(), host)) {
                    throw refusal(ErrorCode.HOST_MISMATCH, "this token writes for another host only");
                }
            }
        }
        return host;
    }

    /**
     * What to add to the timestamps of a batch, milliseconds.
     *
     * @param told to most of them, as it stands in the batch
     */
    private record Corrections(long most, long ofFuture, long told) {}

    private Corrections corrections(String host, Draft draft, long receivedAt) {
        boolean saysWhen = draft.sentAt() != Draft.NO_TIME;
        if (saysWhen) {
            skew.observe(host, receivedAt - draft.sentAt());
        }
        NewestTimes newest = NewestTimes.of(draft.points(), receivedAt - skew.ofSending(host));
        if (newest.isLive()) {
            skew.observeNewest(host, -newest.ahead(), !saysWhen && newest.everySubjectIsAhead());
        }
        long correction = skew.correction(host);
        long ofFuture = newest.isAhead() ? Math.min(correction, skew.correctionOfFuture(host)) : correction;
        return new Corrections(correction, ofFuture, newest.oldestIsAhead() ? ofFuture : correction);
    }

    private static ErrorCode firstCode(Faults faults) {
        return faults.first().orElse(ErrorCode.MISSING_FIELD);
    }

    static RefusedException refusal(ErrorCode code, String detail) {
        return new RefusedException(code, detail);
    }
}
