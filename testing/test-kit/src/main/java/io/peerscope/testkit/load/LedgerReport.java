package io.peerscope.testkit.load;

import java.util.List;

/**
 * What the checker found. Everything is as promised when all lists are empty.
 *
 * @param acknowledged samples that were acknowledged
 * @param stored samples found in {@code raw_point}
 * @param unacknowledgedStored samples among these that were sent without an answer: they may be there once
 * @param missing acknowledged points that are not stored
 * @param extra stored points that nobody sent, or that are there twice
 * @param wrong stored points whose values are not those sent
 * @param windows one-minute windows that were compared
 * @param windowFaults windows that are missing, too many, or not the sum of the stored points
 */
public record LedgerReport(
        long acknowledged,
        long stored,
        long unacknowledgedStored,
        List<String> missing,
        List<String> extra,
        List<String> wrong,
        int windows,
        List<String> windowFaults) {
    private static final int SHOWN = 10;

    public boolean isGreen() {
        return missing.isEmpty() && extra.isEmpty() && wrong.isEmpty() && windowFaults.isEmpty();
    }

    @Override
    public String toString() {
        return "%d samples acknowledged, %d stored (%d of them unacknowledged), %d windows compared%s%s%s%s"
                .formatted(
                        acknowledged,
                        stored,
                        unacknowledgedStored,
                        windows,
                        shown("missing", missing),
                        shown("extra", extra),
                        shown("wrong", wrong),
                        shown("windows at fault", windowFaults));
    }

    private static String shown(String what, List<String> faults) {
        if (faults.isEmpty()) {
            return "";
        }
        return "\n%d %s:\n  %s"
                .formatted(faults.size(), what, String.join("\n  ", faults.subList(0, Math.min(SHOWN, faults.size()))));
    }
}
