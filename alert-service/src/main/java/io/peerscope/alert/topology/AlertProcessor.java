package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.alert.evaluation.Evaluator;
import io.peerscope.alert.evaluation.SubjectTimes;
import io.peerscope.alert.group.Partial;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.foundation.streams.PromptCommit;
import io.peerscope.foundation.trace.Tracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Carries records to the evaluation and what it decides to stores and topics. The evaluation lives in the heap and is
 * made anew from the stores whenever the task is taken up; Streams may use this object again after it lost the task.
 */
final class AlertProcessor implements Processor<String, byte[], String, byte[]> {
    static final Duration TICK = Duration.ofMillis(200);

    private final EvaluationConfig config;
    private final EvaluationCounts counts;
    private final EvaluationLag lag;
    private final PastPoints past;
    private final PointsRead read;
    private final Cause cause;
    private @Nullable Task task;

    /** Null after a failure. */
    private @Nullable Evaluator evaluator;

    /** The one whose windows hold what was sent before it. */
    private @Nullable Evaluator reminded;

    AlertProcessor(
            EvaluationConfig config,
            EvaluationCounts counts,
            EvaluationLag lag,
            PastPoints past,
            PointsRead read,
            Tracer tracer) {
        this.config = config;
        this.counts = counts;
        this.lag = lag;
        this.past = past;
        this.read = read;
        this.cause = new Cause(tracer);
    }

    /** What Streams gives while the task is at work. */
    private record Task(
            ProcessorContext<String, byte[]> context,
            KeyValueStore<String, byte[]> rules,
            KeyValueStore<String, byte[]> silences,
            KeyValueStore<String, byte[]> subjects,
            KeyValueStore<String, byte[]> episodes,
            KeyValueStore<String, byte[]> expectations,
            KeyValueStore<String, byte[]> partials) {}

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        task = new Task(
                context,
                context.getStateStore(AlertTopology.RULES_STORE),
                context.getStateStore(AlertTopology.SILENCES_STORE),
                context.getStateStore(AlertTopology.SUBJECTS_STORE),
                context.getStateStore(AlertTopology.EPISODES_STORE),
                context.getStateStore(AlertTopology.EXPECTATIONS_STORE),
                context.getStateStore(AlertTopology.PARTIALS_STORE));
        evaluator = null;
        int partition = context.taskId().partition();
        lag.taken(partition, context.currentSystemTimeMs());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> {
            long until = read.until(partition);
            guarded(to -> to.tick(now, until));
            lag.read(partition, until, now);
        });
    }

    @Override
    public void close() {
        lag.released(context().taskId().partition(), context().currentSystemTimeMs());
    }

    /** A record that cannot be read throws before it touches anything, and goes to the dead letters. */
    @Override
    public void process(Record<String, byte[]> input) {
        RecordMetadata place = context().recordMetadata().orElseThrow();
        cause.during(place.topic(), input.headers(), () -> judge(input, place));
    }

    private void judge(Record<String, byte[]> input, RecordMetadata place) {
        long now = context().currentSystemTimeMs();
        switch (AlertInput.read(place.topic(), input.key(), input.value())) {
            case AlertInput.Points points ->
                guarded(to -> {
                    remind(to, place, input.timestamp());
                    to.points(points.batch(), now);
                    lag.read(place.partition(), points.batch().receivedAt(), now);
                });
            case AlertInput.RuleSaid said -> guarded(to -> to.rule(said.id(), said.rule(), input.timestamp(), now));
            case AlertInput.SilenceSaid said -> guarded(to -> to.silence(said.id(), said.silence(), now));
            case AlertInput.ExpectationSaid said -> guarded(to -> to.expectation(said.expectation(), now));
            case AlertInput.Command command -> guarded(to -> to.command(command.command(), now));
            case AlertInput.Counted counted -> guarded(to -> to.partial(counted.partial(), now));
        }
    }

    /** A failure half-way leaves heap and stores apart; then the stores are right, and the heap is made anew from them. */
    private void guarded(Consumer<Evaluator> work) {
        Evaluator known = evaluator;
        Evaluator to = known == null ? takeUp() : known;
        evaluator = null;
        work.accept(to);
        evaluator = to;
    }

    /** Before the first points are judged, windows take up what was judged earlier. */
    private void remind(Evaluator to, RecordMetadata place, long receivedAt) {
        if (reminded == to) {
            return;
        }
        if (to.longestSpan() > 0) {
            long since = receivedAt - to.longestSpan() - config.staleAfter().toMillis();
            past.read(place.partition(), since, place.offset(), to::remember);
        }
        reminded = to;
    }

    private Evaluator takeUp() {
        Task at = task();
        Evaluator fresh = new Evaluator(
                config,
                counts,
                new StreamsOutlet(
                        at.context(),
                        new PromptCommit(at.context()),
                        cause,
                        at.rules(),
                        at.silences(),
                        at.subjects(),
                        at.episodes(),
                        at.expectations(),
                        at.partials()));
        List<Rule> keptRules = new ArrayList<>();
        all(at.rules()).values().forEach(bytes -> keptRules.add(rule(bytes)));
        List<Silence> keptSilences = new ArrayList<>();
        all(at.silences()).values().forEach(bytes -> keptSilences.add(Json.decode(bytes, Silence.class)));
        List<SubjectTimes> keptSubjects = new ArrayList<>();
        all(at.subjects()).values().forEach(bytes -> keptSubjects.add(Json.decode(bytes, SubjectTimes.class)));
        Map<String, AlertState.Kept> keptStates = new HashMap<>();
        all(at.episodes()).forEach((key, bytes) -> keptStates.put(key, StateCodec.decode(bytes)));
        List<Partial> keptPartials = new ArrayList<>();
        all(at.partials()).values().forEach(bytes -> keptPartials.add(Json.decode(bytes, Partial.class)));
        fresh.restore(keptRules, keptSilences, keptSubjects, keptStates, keptPartials);
        all(at.expectations()).values().forEach(bytes -> fresh.restore(Json.decode(bytes, Expectation.class)));
        return fresh;
    }

    private ProcessorContext<String, byte[]> context() {
        return task().context();
    }

    private Task task() {
        return Objects.requireNonNull(task, "not before init");
    }

    private static Rule rule(byte[] bytes) {
        try {
            return RuleDocument.read(bytes);
        } catch (RuleInvalidException e) {
            throw new IllegalStateException("the store holds a rule that cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> all(KeyValueStore<String, byte[]> store) {
        Map<String, byte[]> all = new HashMap<>();
        try (KeyValueIterator<String, byte[]> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, byte[]> row = rows.next();
                all.put(row.key, row.value);
            }
        }
        return all;
    }
}
