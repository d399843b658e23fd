package io.peerscope.alert.lifecycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The life of an alert told a second time in the plainest way, in whole seconds; severities mildest first. */
final class ReferenceModel {
    private static final String[] NAMES = {"warning", "high", "critical"};
    private static final int NONE = Integer.MAX_VALUE / 2;
    private final Plan plan;
    private final List<String> told = new ArrayList<>();
    private final int[] rising = {NONE, NONE, NONE};
    private final int[] falling = {NONE, NONE, NONE};
    private final boolean[] on = new boolean[3];
    private int last = NONE;
    private int hold;
    private String known = "";
    private boolean closed;

    record Plan(double[] limit, double[] clear, int duration, int keep, String noData, int noDataAfter, int stale) {}

    ReferenceModel(Plan plan) {
        this.plan = plan;
    }

    List<String> run(Map<Integer, Double> samples, Map<Integer, String> acts, int end) {
        for (int now = 0; now <= end; now++) {
            if (known.equals("pending") && now - last > plan.stale) {
                end("dropped@" + (last + plan.stale) + "+ gap");
            }
            if (samples.containsKey(now)) {
                sample(now, samples.get(now));
            }
            for (int s = 0; s < 3; s++) {
                on[s] &= falling[s] + plan.keep != now;
                falling[s] = on[s] ? falling[s] : NONE;
            }
            if (now <= last + hold) {
                rise(now);
            }
            boolean silent = known.equals("no_data");
            if (!silent || last == now) {
                tell(now, silent ? " data_returned" : "");
            }
            if (!known.isEmpty() && now - last == plan.noDataAfter && plan.noData.equals("resolve")) {
                end((worst() < 0 ? "dropped@" : "resolved@") + now + " no_data");
            } else if (!known.isEmpty() && now - last == plan.noDataAfter && plan.noData.equals("alert")) {
                Arrays.fill(rising, NONE);
                known = "no_data";
                told.add("no_data@" + now + " " + NAMES[Math.max(0, worst())]);
            }
            String act = acts.getOrDefault(now, "");
            if (!act.isEmpty()) {
                closed = act.equals("by_hand") && (closed || !known.isEmpty());
                end((known.equals("pending") ? "dropped@" : "resolved@") + now + " " + act);
                told.add(act + "@" + now);
            }
        }
        return told;
    }

    private void sample(int now, double value) {
        if (known.equals("no_data") && worst() < 0) {
            end("resolved@" + now + " data_returned");
        }
        told.add("sample@" + now);
        boolean gap = now - last > plan.stale;
        closed &= !gap && value > plan.limit[0];
        hold = Math.min(plan.stale, Math.max(20, last == NONE || gap ? 0 : 3 * (now - last) + 2));
        for (int s = 2; s >= 0 && !closed; s--) {
            boolean worse = worst() > s;
            if (value > plan.limit[s]) {
                falling[s] = NONE;
                on[s] |= worse;
                rising[s] = on[s] ? NONE : rising[s] == NONE || gap ? now : rising[s];
            } else {
                rising[s] = NONE;
                falling[s] = on[s] && falling[s] == NONE && value <= plan.clear[s] ? now : falling[s];
            }
        }
        for (int due = Math.min(last, now); due < now; due++) {
            if (rise(due)) {
                tell(due, "");
            }
        }
        last = now;
    }

    private boolean rise(int due) {
        int was = worst();
        for (int s = 0; s < 3; s++) {
            on[s] |= rising[s] + plan.duration == due;
            rising[s] = on[s] ? NONE : rising[s];
        }
        return worst() != was;
    }

    private int worst() {
        return on[2] ? 2 : on[1] ? 1 : on[0] ? 0 : -1;
    }

    private void tell(int at, String reason) {
        boolean fired = !known.isEmpty() && !known.equals("pending");
        if (worst() >= 0 && !known.equals(NAMES[worst()])) {
            known = NAMES[worst()];
            told.add((fired ? "severity_changed@" : "firing@") + at + " " + known + reason);
        } else if (worst() < 0 && rising[0] != NONE && known.isEmpty()) {
            known = "pending";
            told.add("pending@" + at + " " + NAMES[rising[2] != NONE ? 2 : rising[1] != NONE ? 1 : 0]);
        } else if (worst() < 0 && rising[0] == NONE && !known.isEmpty()) {
            end((fired ? "resolved@" : "dropped@") + at + reason);
        }
    }

    private void end(String how) {
        if (!known.isEmpty()) {
            told.add(how);
        }
        known = "";
        Arrays.fill(on, false);
        Arrays.fill(rising, NONE);
        Arrays.fill(falling, NONE);
    }
}
