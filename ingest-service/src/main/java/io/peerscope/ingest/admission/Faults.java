package io.peerscope.ingest.admission;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was wrong in a batch. Counts are exact; of the descriptions only the first {@link #DESCRIBED} are kept. */
public final class Faults {
    public static final int DESCRIBED = 100;

    private final List<Problem.Detail> details = new ArrayList<>();
    private final Map<ErrorCode, Integer> samples = new EnumMap<>(ErrorCode.class);
    private int rejected;
    private @Nullable ErrorCode first;

    void point(int index, int lostSamples, ErrorCode code, String detail) {
        count(code, lostSamples);
        if (details.size() < DESCRIBED) {
            details.add(new Problem.Detail(index, null, code.word(), detail));
        }
    }

    void sample(int index, String field, ErrorCode code, String detail) {
        count(code, 1);
        if (details.size() < DESCRIBED) {
            details.add(new Problem.Detail(index, shortened(field), code.word(), detail));
        }
    }

    /** The batch is refused before its points are looked at. */
    void whole(int lostSamples, ErrorCode code) {
        count(code, lostSamples);
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

    /** Refused samples by reason; a point without fields counts as none. */
    public Map<ErrorCode, Integer> byReason() {
        return Collections.unmodifiableMap(samples);
    }

    public List<Problem.Detail> details() {
        return Collections.unmodifiableList(details);
    }
}
