package io.peerscope.ingest.admission;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was wrong in a request. Counts are exact; of the descriptions only the first {@link #DESCRIBED} are kept. Samples
 * are ours, items are what the sender's format counts; see {@link DraftPoint#items()}.
 */
public final class Faults {
    public static final int DESCRIBED = 100;

    private final List<Problem.Detail> details = new ArrayList<>();
    private final List<RefusedSample> refused = new ArrayList<>();
    private final Map<ErrorCode, Integer> samples = new EnumMap<>(ErrorCode.class);
    private final BitSet items = new BitSet();
    private int rejected;
    private @Nullable ErrorCode first;

    /** An item that cannot be made a point of. */
    public void item(int item, int lostSamples, ErrorCode code, String detail) {
        count(code, lostSamples);
        items.set(item);
        describe(item, null, code, detail);
        keepItem(code, detail);
    }

    /** Items that stand in a row and have one fault in common, which is described once. */
    public void items(int first, int count, int lostSamples, ErrorCode code, String detail) {
        count(code, lostSamples);
        items.set(first, first + count);
        describe(first, null, code, detail);
        keepItem(code, detail);
    }

    void point(int index, DraftPoint point, int lostSamples, ErrorCode code, String detail) {
        count(code, lostSamples);
        items(point);
        describe(point.items().length == 0 ? index : point.items()[0], null, code, detail);
        keep(point, code, detail);
    }

    void sample(int index, DraftPoint point, int field, ErrorCode code, String detail) {
        count(code, 1);
        int item = index;
        if (point.items().length > 0) {
            item = point.items()[point.items().length == 1 ? 0 : field];
            items.set(item);
        }
        describe(item, shortened(point.names().name(field)), code, detail);
        keep(point, field, code, detail);
    }

    /** The batch is refused before its points are looked at. Why, is told of its first item where it has any. */
    void whole(Draft draft, ErrorCode code, String detail) {
        count(code, draft.samples());
        draft.points().forEach(this::items);
        draft.points().forEach(point -> keep(point, code, detail));
        if (!draft.points().isEmpty() && draft.points().getFirst().items().length > 0) {
            describe(draft.points().getFirst().items()[0], null, code, detail);
        }
    }

    /** Takes over the faults of another part of the same request. */
    public void add(Faults other) {
        if (other.none()) {
            return; // as mostly, and there is one for each batch
        }
        first = first == null ? other.first : first;
        rejected += other.rejected;
        items.or(other.items);
        other.samples.forEach((code, count) -> samples.merge(code, count, Integer::sum));
        refused.addAll(other.refused.subList(0, Math.min(other.refused.size(), room())));
        details.addAll(
                other.details.subList(0, Math.min(other.details.size(), Math.max(0, DESCRIBED - details.size()))));
    }

    private void items(DraftPoint point) {
        for (int item : point.items()) {
            items.set(item);
        }
    }

    /** All samples of a point, as far as there is room. */
    private void keep(DraftPoint point, ErrorCode code, String detail) {
        for (int field = 0; field < point.names().size() && room() > 0; field++) {
            keep(point, field, code, detail);
        }
    }

    private void keep(DraftPoint point, int field, ErrorCode code, String detail) {
        if (room() > 0) {
            long timestamp = point.timestamp();
            boolean readable = timestamp != Draft.NO_TIME && timestamp != Draft.BAD_TIME;
            refused.add(new RefusedSample(
                    Shown.plain(point.kind()),
                    Shown.plain(point.names().name(field)),
                    Double.toString(point.values()[field]),
                    readable ? timestamp : null,
                    code.word(),
                    detail));
        }
    }

    private void keepItem(ErrorCode code, String detail) {
        if (room() > 0) {
            refused.add(new RefusedSample("", "", null, null, code.word(), detail));
        }
    }

    private int room() {
        return ReceiptRecord.MOST_SAMPLES - refused.size();
    }

    private void describe(int index, @Nullable String field, ErrorCode code, String detail) {
        if (details.size() < DESCRIBED) {
            details.add(new Problem.Detail(index, field, code.word(), detail));
        }
    }

    private void count(ErrorCode code, int lostSamples) {
        first = first == null ? code : first;
        rejected += lostSamples;
        samples.merge(code, lostSamples, Integer::sum);
    }

    private static String shortened(String field) {
        return field.length() <= 64 ? field : field.substring(0, 64) + "…";
    }

    public boolean none() {
        return samples.isEmpty();
    }

    /** The reason that came up first. */
    public Optional<ErrorCode> first() {
        return Optional.ofNullable(first);
    }

    /** Samples that were refused. */
    public int rejected() {
        return rejected;
    }

    /** Items of which something was refused. Always 0 in formats that count samples by themselves. */
    public int rejectedItems() {
        return items.cardinality();
    }

    /** Number of the first such item, -1 where there is none. */
    public int firstRejectedItem() {
        return items.nextSetBit(0);
    }

    /** Refused samples by reason; a point without fields counts as none. */
    public Map<ErrorCode, Integer> byReason() {
        return Collections.unmodifiableMap(samples);
    }

    /** The first refused samples that are known by name. */
    public List<RefusedSample> refusedSamples() {
        return Collections.unmodifiableList(refused);
    }

    public List<Problem.Detail> details() {
        return Collections.unmodifiableList(details);
    }
}
