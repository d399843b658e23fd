package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Severity;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The severities of one rule on one subject that are not at rest, mildest first. Each is judged as a rule of its own
 * would be: its limit must be broken for the whole duration, its recovery limit ends it, it keeps firing for the rule's
 * time. One thing is shared: a severity milder than one that fires needs no waiting, since worse was held already.
 */
public record Levels(Map<Severity, Level> bySeverity) {
    static final Levels NONE = new Levels(Map.of());

    public Levels {
        EnumMap<Severity, Level> copy = new EnumMap<>(Severity.class);
        copy.putAll(bySeverity);
        bySeverity = Collections.unmodifiableMap(copy);
    }

    /** Of an alert that goes on firing with a severity that was told: the mildest broken limit at least. */
    static Levels again(Terms terms, Severity known, Sample last) {
        Map<Severity, Level> levels = new EnumMap<>(Severity.class);
        for (Severity severity : terms.severities()) {
            if (terms.breaks(severity, last.value())) {
                boolean fires = known.atLeast(severity) || levels.isEmpty();
                levels.put(severity, fires ? Level.on(last.at()) : Level.rising(last.at()));
            }
        }
        return new Levels(levels);
    }

    @Nullable
    Level of(Severity severity) {
        return bySeverity.get(severity);
    }

    boolean isEmpty() {
        return bySeverity.isEmpty();
    }

    boolean fires() {
        return bySeverity.values().stream().anyMatch(Level::fires);
    }

    /** The worst that fires, or the worst that rises where none fires. */
    Severity worst(Severity ifNone) {
        boolean fires = fires();
        Severity worst = ifNone;
        for (Map.Entry<Severity, Level> entry : bySeverity.entrySet()) {
            if (entry.getValue().fires() == fires) {
                worst = entry.getKey();
            }
        }
        return worst;
    }

    Levels firing() {
        return keep(Level::fires);
    }

    /** What a new value makes of them, without regard to durations. */
    Levels judge(Terms terms, Sample sample, boolean afterGap) {
        Map<Severity, Level> judged = new EnumMap<>(Severity.class);
        boolean worseFires = false;
        List<Severity> severities = terms.severities();
        for (int i = severities.size() - 1; i >= 0; i--) {
            Severity severity = severities.get(i);
            Level next = judge(terms, severity, of(severity), sample, afterGap, worseFires);
            if (next != null) {
                judged.put(severity, next);
                worseFires |= next.fires();
            }
        }
        return new Levels(judged);
    }

    private static @Nullable Level judge(
            Terms terms,
            Severity severity,
            @Nullable Level level,
            Sample sample,
            boolean afterGap,
            boolean worseFires) {
        boolean broken = terms.breaks(severity, sample.value());
        Level fresh = worseFires ? Level.on(sample.at()) : Level.rising(sample.at());
        if (level == null) {
            return broken ? fresh : null;
        }
        return switch (level.phase()) {
            case RISING -> !broken ? null : afterGap || worseFires ? fresh : level;
            case ON -> {
                if (!terms.clears(severity, sample.value())) {
                    yield level;
                }
                yield terms.keepFiringFor() > 0 ? Level.falling(sample.at()) : null;
            }
            case FALLING -> broken ? Level.on(sample.at()) : level;
        };
    }

    /** What the passing of time makes of them up to this deadline. */
    Levels at(Deadlines deadlines, long time) {
        Map<Severity, Level> moved = new EnumMap<>(Severity.class);
        bySeverity.forEach((severity, level) -> {
            if (deadlines.of(level) > time) {
                moved.put(severity, level);
            } else if (level.phase() == Level.Phase.RISING) {
                moved.put(severity, Level.on(time));
            }
        });
        return new Levels(moved);
    }

    /** What fires goes on for the rule's time only; what rises is gone. */
    Levels fallen(long at) {
        Map<Severity, Level> fallen = new EnumMap<>(Severity.class);
        bySeverity.forEach((severity, level) -> {
            if (level.fires()) {
                fallen.put(severity, level.phase() == Level.Phase.ON ? Level.falling(at) : level);
            }
        });
        return new Levels(fallen);
    }

    private Levels keep(Predicate<Level> wanted) {
        Map<Severity, Level> kept = new EnumMap<>(Severity.class);
        bySeverity.forEach((severity, level) -> {
            if (wanted.test(level)) {
                kept.put(severity, level);
            }
        });
        return new Levels(kept);
    }
}
