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
    private final boolean[] on = new boolean[3];
    /** Of a severity that is off: since when its limit is broken. Of one that is on: since when it is no more. */
    private final int[] turning = {NONE, NONE, NONE};

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
            turn(false, now - plan.keep);
            turn(true, now <= last + hold ? now - plan.duration : -1);
            tell(now, known.equals("no_data") ? " data_returned" : "");
            if (!known.isEmpty() && now - last == plan.noDataAfter && plan.noData.equals("resolve")) {
                end((worst() < 0 ? "dropped@" : "resolved@") + now + " no_data");
            } else if (!known.isEmpty() && now - last == plan.noDataAfter && plan.noData.equals("alert")) {
                told.add("no_data@" + now + " " + NAMES[Math.max(0, worst())]);
                known = "no_data";
                for (int s = 0; s < 3; s++) {
                    turning[s] = on[s] ? turning[s] : NONE;
                }
            }
            if (acts.containsKey(now)) {
                closed = acts.get(now).equals("by_hand") && (closed || !known.isEmpty());
                end((known.equals("pending") ? "dropped@" : "resolved@") + now + " " + acts.get(now));
                told.add(acts.get(now) + "@" + now);
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
            boolean broken = value > plan.limit[s];
            boolean turns = broken ? !on[s] && worst() < s : on[s] && (value <= plan.clear[s] || turning[s] != NONE);
            turning[s] = !turns ? NONE : turning[s] == NONE || broken && gap ? now : turning[s];
            on[s] |= broken && worst() > s;
        }
        for (int due = last; due < now && last != NONE; due++) {
            if (turn(true, due - plan.duration)) {
                tell(due, "");
            }
        }
        last = now;
    }

    private boolean turn(boolean to, int since) {
        int was = worst();
        for (int s = 0; s < 3; s++) {
            boolean turns = on[s] != to && turning[s] == since;
            on[s] ^= turns;
            turning[s] = turns ? NONE : turning[s];
        }
        return worst() != was;
    }

    private int worst() {
        return on[2] ? 2 : on[1] ? 1 : on[0] ? 0 : -1;
    }

    private void tell(int at, String reason) {
        boolean fired = !known.isEmpty() && !known.equals("pending");
        if (known.equals("no_data") && last != at) {
            return;
        }
        if (worst() >= 0 && !known.equals(NAMES[worst()])) {
            known = NAMES[worst()];
            told.add((fired ? "severity_changed@" : "firing@") + at + " " + known + reason);
        } else if (worst() < 0 && turning[0] != NONE && known.isEmpty()) {
            known = "pending";
            told.add("pending@" + at + " " + NAMES[turning[2] != NONE ? 2 : turning[1] != NONE ? 1 : 0]);
        } else if (worst() < 0 && turning[0] == NONE && !known.isEmpty()) {
            end((fired ? "resolved@" : "dropped@") + at + reason);
        }
    }

    private void end(String how) {
        told.addAll(known.isEmpty() ? List.of() : List.of(how));
        known = "";
        Arrays.fill(on, false);
        Arrays.fill(turning, NONE);
    }
}
