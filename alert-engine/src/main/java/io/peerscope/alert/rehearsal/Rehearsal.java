package io.peerscope.alert.rehearsal;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.alert.evaluation.Evaluator;
import io.peerscope.alert.group.Partial;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.silence.Silence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/**
 * One rule over a stretch of the past: points in order of time go in, what would have been told comes out. It begins with
 * nothing known, as a rule does that is new at that moment, but with full windows. Each point counts as received when it
 * was measured: what came late in truth is judged here as if it had come in time. Epoch milliseconds.
 */
public final class Rehearsal {
    /** As often as the clock looks for silence. */
    private static final long TICK = 1_000;

    /** A limit that is crossed all the time tells nothing more by its thousandth alert. */
    public static final int MAX_EVENTS = 10_000;

    private final Evaluator evaluator;
    private final List<AlertEvent> events = new ArrayList<>();
    /** As live, what was counted is added up after what made it be counted. */
    private final Queue<Partial> counted = new ArrayDeque<>();

    private final long from;
    private final long remembered;
    private long clock;
    private boolean truncated;

    /** @param silences as they are now: what they say of the past is held against it */
    public Rehearsal(Rule rule, Collection<Silence> silences, EvaluationConfig config, long from) {
        this.evaluator = new Evaluator(config, new EvaluationCounts(), new EventsOnly(this::tell, counted::add));
        this.from = from;
        this.clock = from;
        evaluator.rule(rule.id(), rule.asEnabled(), from, from);
        this.remembered = from - evaluator.longestSpan() - config.staleAfter().toMillis();
        silences.forEach(silence -> evaluator.silence(silence.id(), silence, from));
        tick();
    }

    /** From when on points are wanted: earlier than the beginning, where the rule looks back. */
    public long wantedFrom() {
        return evaluator.longestSpan() == 0 ? from : remembered;
    }

    /** What was expected, as it would have become known: at any time before the points that it holds for. */
    public void expectation(Expectation expectation) {
        evaluator.expectation(expectation, clock);
    }

    /** Points must come in order of time. */
    public void point(Point point) {
        long at = point.timestamp();
        PointBatch alone = new PointBatch(point.subject().host(), "", 0, at, "", 0, false, List.of(point));
        if (at < from) {
            evaluator.remember(alone);
        } else {
            passUntil(at);
            evaluator.points(alone, at);
            addUp(at);
        }
    }

    /** @param to the end, exclusive */
    public Outcome finish(long to) {
        passUntil(to);
        return new Outcome(List.copyOf(events), truncated);
    }

    /** @param truncated there would have been more than {@link #MAX_EVENTS} */
    public record Outcome(List<AlertEvent> events, boolean truncated) {}

    private void passUntil(long until) {
        while (clock + TICK <= until) {
            clock += TICK;
            tick();
        }
    }

    private void tick() {
        evaluator.tick(clock, clock);
        addUp(clock);
    }

    private void addUp(long now) {
        for (Partial partial = counted.poll(); partial != null; partial = counted.poll()) {
            evaluator.partial(partial, now);
        }
    }

    private void tell(AlertEvent event) {
        if (events.size() < MAX_EVENTS) {
            events.add(event);
        } else {
            truncated = true;
        }
    }
}
