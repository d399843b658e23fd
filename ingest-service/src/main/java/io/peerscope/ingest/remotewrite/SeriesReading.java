package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.foreign.Kinds;
import io.peerscope.ingest.foreign.Origin;
import io.peerscope.ingest.protobuf.ProtoCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Understands the labels of a series that was not seen before. Thread-safe. */
final class SeriesReading {
    private static final String NAME = "__name__";
    /** Far above what admission lets through; here so that no block is sorted for nothing. */
    private static final int MOST_LABELS = 128;

    private static final int LABEL = 1 << 3 | ProtoCursor.LENGTH_DELIMITED;
    private static final int LABEL_NAME = 1 << 3 | ProtoCursor.LENGTH_DELIMITED;
    private static final int LABEL_VALUE = 2 << 3 | ProtoCursor.LENGTH_DELIMITED;

    private static final long K = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final Kinds kinds;
    private final Recent<String> names = new Recent<>(1 << 14);
    private final Recent<Target> targets = new Recent<>(1 << 16);

    /** @param seed what nobody outside can guess */
    SeriesReading(long seed, MetricCatalogue catalogue) {
        this.seed = seed;
        this.kinds = new Kinds(catalogue);
    }

    /** @param bytes have, from {@code from} to {@code to}, fields {@code TimeSeries.labels} of remote write 1.0 */
    Series read(Sender sender, byte[] bytes, int from, int to) {
        TreeMap<String, String> labels = new TreeMap<>();
        Series.Bad bad = labels(new ProtoCursor(bytes, from, to), labels);
        if (bad != null) {
            return bad;
        }
        String field = labels.remove(NAME);
        if (field == null || field.isEmpty()) {
            return new Series.Bad(ErrorCode.MISSING_FIELD, "a series without a name (label __name__)");
        }
        // what is kept is no longer than what the cache keeps, or megabytes that admission refuses would stay
        boolean kept = to - from <= SeriesCache.LONGEST;
        List<String> pairs = new ArrayList<>(2 * labels.size());
        labels.forEach((name, value) -> {
            pairs.add(kept ? names.same(name, name.hashCode()) : name);
            pairs.add(value);
        });
        Origin origin = Origin.of(pairs, sender);
        if (origin.host().isEmpty()) {
            return new Series.Bad(ErrorCode.MISSING_FIELD, Shown.plain(field) + ": " + Origin.NO_HOST);
        }
        Target target = target(origin.host(), kinds.of(origin, field), origin.labels());
        return kept
                ? new Series.Known(targets.same(target, (int) target.hash()), names.same(field, field.hashCode()))
                : new Series.Known(target, field);
    }

    private static Series.@Nullable Bad labels(ProtoCursor in, Map<String, String> into) {
        try {
            while (in.hasMore()) {
                if (in.tag() != LABEL) {
                    throw ProtoCursor.malformed("a label was expected");
                }
                int outer = in.enter();
                String name = "";
                String value = "";
                while (in.hasMore()) {
                    int tag = in.tag();
                    switch (tag) {
                        case LABEL_NAME -> name = in.text();
                        case LABEL_VALUE -> value = in.text();
                        default -> in.skip(tag);
                    }
                }
                in.leave(outer);
                if (name.isEmpty()) {
                    return new Series.Bad(ErrorCode.BAD_NAME, "a label without a name");
                }
                if (into.putIfAbsent(name, value) != null) {
                    return new Series.Bad(ErrorCode.BAD_NAME, "the label " + Shown.plain(name) + " stands twice");
                }
                if (into.size() > MOST_LABELS) {
                    return new Series.Bad(ErrorCode.BAD_PARAMETER, "more than " + MOST_LABELS + " labels");
                }
            }
            return null;
        } catch (UndecodableException e) {
            return new Series.Bad(e.code(), e.detail());
        }
    }

    private Target target(String host, String kind, List<String> labels) {
        long hash = hash(hash(seed, host), kind);
        for (String text : labels) {
            hash = hash(hash, text);
        }
        return new Target(host, kind, labels, hash);
    }

    private static long hash(long before, String text) {
        long hash = (before ^ text.length()) * K;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * K;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
