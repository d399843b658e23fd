package io.peerscope.alert.lifecycle;

import java.util.ArrayList;
import java.util.List;

/** Flapping told a second time: from what is told of an alert it says where it begins to flap and where it is steady. */
final class FlapsModel {
    /** What is in the list for this model only: what may come between being true and being told. */
    private static final List<String> MARKS = List.of("sample", "by_hand", "rule_removed");

    private final int times;
    private final int within;
    private final int calm;
    private final List<String> all = new ArrayList<>();
    private final List<Integer> begun = new ArrayList<>();
    private int changed;
    private boolean flaps;
    private String severity = "";

    /** @param rule times, within, calm for */
    FlapsModel(int... rule) {
        this.times = rule[0];
        this.within = rule[1];
        this.calm = rule[2];
    }

    List<String> tell(List<String> told, int end) {
        boolean on = false;
        for (String one : told) {
            String[] words = one.split("[@+ ]+");
            String what = words[0];
            int at = Integer.parseInt(words[1]);
            boolean afterTheTick = one.contains("by_hand") || one.contains("rule_removed");
            steadyBefore(afterTheTick ? at + 1 : at, on);
            if (what.equals("rule_removed")) {
                steady(at, " rule_removed");
            }
            if (MARKS.contains(what)) {
                continue;
            }
            all.add(one);
            boolean begins = !on && (what.equals("firing") || what.equals("no_data"));
            on = !what.equals("resolved") && (on || begins);
            severity = on ? words[2] : severity;
            changed = begins || what.equals("resolved") ? at : changed;
            if (begins && times > 0) {
                begun.add(at);
                begun.removeIf(earlier -> earlier <= at - within);
                if (!flaps && begun.size() > times) {
                    flaps = true;
                    all.add("flapping@" + at + " " + severity);
                }
            }
        }
        steadyBefore(end + 1, on);
        return all;
    }

    private void steadyBefore(int at, boolean on) {
        if (flaps && changed + calm < at) {
            steady(changed + calm, on ? " " + severity : "");
        }
    }

    private void steady(int at, String how) {
        if (flaps) {
            all.add("steady@" + at + how);
        }
        flaps = false;
        begun.clear();
    }
}
