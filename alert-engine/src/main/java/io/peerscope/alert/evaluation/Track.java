package io.peerscope.alert.evaluation;

import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.alert.lifecycle.Sample;
import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.alert.rule.RuleSet;
import io.peerscope.alert.rule.Slots;
import io.peerscope.alert.rule.Terms;
import io.peerscope.alert.window.Series;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Subject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task knows of one subject: its rules, how far each field was judged, and its alerts that are not quiet. A quiet
 * pair of rule and subject costs nothing beyond the 24 bytes of its field.
 */
final class Track {
    private static final AlertState QUIET = new AlertState.Quiet();
    private static final long[] NO_TIMES = {};
    private static final @Nullable Series[] NO_SERIES = {};

    private final Subject subject;
    private boolean simulated;
    private RuleSet rules;
    private long generation;

    /** By slot: newest judged event time, the time before it was kept in the store, live time when it was seen. */
    private long[] newest = NO_TIMES;

    private long[] seen = NO_TIMES;
    private @Nullable Series[] series = NO_SERIES;
    private long kept = Sample.NEVER;
    private @Nullable Map<String, AlertState.Kept> states;
    private @Nullable String canonical;

    Track(Subject subject, RuleIndex index) {
        this.subject = subject;
        this.rules = index.covering(subject);
        this.generation = index.generation();
    }

    Subject subject() {
        return subject;
    }

    boolean simulated() {
        return simulated;
    }

    void simulated(boolean now) {
        simulated = now;
    }

    RuleSet rules(RuleIndex index) {
        if (generation != index.generation()) {
            rules = index.covering(subject);
            generation = index.generation();
        }
        return rules;
    }

    long newest(int slot) {
        return slot < newest.length ? newest[slot] : Sample.NEVER;
    }

    /** Live time when the field was last seen; 0 if before the start. */
    long seen(int slot) {
        return slot < seen.length ? seen[slot] : 0;
    }

    void saw(int slot, long at, long liveTime, Slots slots) {
        if (slot >= newest.length) {
            int from = newest.length;
            newest = Arrays.copyOf(newest, slots.size());
            Arrays.fill(newest, from, newest.length, Sample.NEVER);
            seen = Arrays.copyOf(seen, slots.size());
        }
        newest[slot] = at;
        seen[slot] = liveTime;
    }

    /** What is remembered of the field; null: nothing. */
    @Nullable
    Series series(int slot) {
        return slot < series.length ? series[slot] : null;
    }

    /** Time of the newest sample that is remembered. */
    long remembered(int slot) {
        Series known = series(slot);
        return known == null ? Sample.NEVER : known.newest();
    }

    void remember(int slot, long at, double value, FieldType type, long span) {
        if (slot >= series.length) {
            series = Arrays.copyOf(series, slot + 1);
        }
        Series known = series[slot];
        if (known == null) {
            known = new Series();
            series[slot] = known;
        }
        known.add(at, value, type, span);
    }

    void restore(SubjectTimes times, Slots slots) {
        times.newest().forEach((metric, at) -> saw(slots.of(metric), at, 0, slots));
        simulated = times.simulated();
        kept = newestOfAll();
    }

    /** The state knows better than the times how far its field was judged. */
    void restore(Terms terms, AlertState.Kept state, Slots slots) {
        int slot = slots.of(terms.input());
        saw(slot, Math.max(newest(slot), state.last().at()), 0, slots);
        put(terms.rule().id(), state);
    }

    long newestOfAll() {
        long latest = Sample.NEVER;
        for (long at : newest) {
            latest = Math.max(latest, at);
        }
        return latest;
    }

    AlertState state(String ruleId) {
        AlertState.Kept known = states == null ? null : states.get(ruleId);
        return known == null ? QUIET : known;
    }

    boolean quiet() {
        return states == null;
    }

    Map<String, AlertState.Kept> states() {
        return states == null ? Map.of() : Map.copyOf(states);
    }

    void put(String ruleId, AlertState.Kept state) {
        Map<String, AlertState.Kept> known = states == null ? new HashMap<>(4) : states;
        known.put(ruleId, state);
        states = known;
    }

    void quieten(String ruleId) {
        if (states != null) {
            states.remove(ruleId);
            if (states.isEmpty()) {
                states = null;
            }
        }
    }

    /** Whether the store lags this much behind. */
    boolean due(long at, long every) {
        return kept == Sample.NEVER || at - kept >= every;
    }

    SubjectTimes times(Slots slots) {
        kept = newestOfAll();
        Map<String, Long> times = new HashMap<>();
        slots.numbers().forEach((metric, slot) -> {
            if (newest(slot) != Sample.NEVER) {
                times.put(metric, newest(slot));
            }
        });
        return new SubjectTimes(subject.host(), AlertSubject.of(subject), simulated, times);
    }

    String canonical() {
        String text = canonical;
        if (text == null) {
            text = subject.canonical();
            canonical = text;
        }
        return text;
    }

    String alertKey(String ruleId) {
        return ruleId + "|" + canonical();
    }
}
