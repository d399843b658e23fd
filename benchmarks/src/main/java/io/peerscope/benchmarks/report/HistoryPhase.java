package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.history.Asking.Answered;
import io.peerscope.benchmarks.history.Sizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The past as it was when it had come to a length.
 *
 * @param hosts with raw points of 24 hours
 * @param points null where they were there before, as the other two
 * @param tierSeconds from when all minutes were stored until hours and days were made of them; with the pauses between two
 *     runs of that job
 */
public record HistoryPhase(
        int hosts,
        @Nullable StoringPhase points,
        @Nullable StoringPhase minutes,
        @Nullable Double tierSeconds,
        Sizes sizes,
        List<Answered> answers) {}
