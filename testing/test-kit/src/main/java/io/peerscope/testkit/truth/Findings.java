package io.peerscope.testkit.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was compared, and where what is stored is not what it should be. */
public final class Findings {
    private static final int SHOWN = 8;

    private final Map<String, Long> compared = new TreeMap<>();
    private final Map<String, List<String>> faults = new TreeMap<>();

    void compared(String what, long count) {
        compared.merge(what, count, Long::sum);
    }

    void fault(String what, String fault) {
        faults.computeIfAbsent(what, w -> new ArrayList<>()).add(fault);
    }

    public boolean isGreen() {
        return faults.isEmpty();
    }

    /** How many of these were held against the reference: samples, buckets of a tier, accounts, values of an answer. */
    public long compared(String what) {
        return compared.getOrDefault(what, 0L);
    }

    /** Both together. */
    public Findings plus(Findings more) {
        Findings all = new Findings();
        for (Findings part : List.of(this, more)) {
            part.compared.forEach(all::compared);
            part.faults.forEach((what, list) -> list.forEach(fault -> all.fault(what, fault)));
        }
        return all;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("compared " + compared);
        faults.forEach((what, list) -> {
            text.append("\n%d faults in %s:".formatted(list.size(), what));
            list.subList(0, Math.min(SHOWN, list.size()))
                    .forEach(fault -> text.append("\n  ").append(fault));
        });
        return text.toString();
    }
}
