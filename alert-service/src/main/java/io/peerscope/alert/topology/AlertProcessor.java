package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.evaluation.EvaluationCounts;
import io.peerscope.alert.evaluation.Evaluator;
import io.peerscope.alert.evaluation.SubjectTimes;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Carries records to the evaluation and what it decides to stores and topics. The evaluation lives in the heap and is
 * made anew from the stores whenever the task is taken up, also after a failure in which Streams uses this object again.
 */
final class AlertProcessor implements Processor<String, AlertInput, String, byte[]> {
    private static final Duration TICK = Duration.ofMillis(200);

    private final EvaluationConfig config;
    private final EvaluationCounts counts;
    private @Nullable Running running;

    AlertProcessor(EvaluationConfig config, EvaluationCounts counts) {
        this.config = config;
        this.counts = counts;
    }

    /** What exists only while a task is at work. */
    private record Running(ProcessorContext<String, byte[]> context, Evaluator evaluator) {}

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        KeyValueStore<String, byte[]> rules = context.getStateStore(AlertTopology.RULES_STORE);
        KeyValueStore<String, byte[]> subjects = context.getStateStore(AlertTopology.SUBJECTS_STORE);
        KeyValueStore<String, byte[]> episodes = context.getStateStore(AlertTopology.EPISODES_STORE);
        Evaluator evaluator = new Evaluator(config, counts, new StreamsOutlet(context, rules, subjects, episodes));
        List<Rule> keptRules = new ArrayList<>();
        all(rules).values().forEach(bytes -> keptRules.add(rule(bytes)));
        List<SubjectTimes> keptSubjects = new ArrayList<>();
        all(subjects).values().forEach(bytes -> keptSubjects.add(Json.decode(bytes, SubjectTimes.class)));
        Map<String, AlertState.Kept> keptStates = new HashMap<>();
        all(episodes).forEach((key, bytes) -> keptStates.put(key, StateCodec.decode(bytes)));
        evaluator.restore(keptRules, keptSubjects, keptStates);
        running = new Running(context, evaluator);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, evaluator::tick);
    }

    @Override
    public void process(Record<String, AlertInput> input) {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("processed before init");
        }
        Evaluator evaluator = now.evaluator();
        long clock = now.context().currentSystemTimeMs();
        AlertInput value = input.value();
        if (value == null) {
            if (isRule(now.context())) {
                evaluator.rule(input.key(), null, input.timestamp(), clock);
            }
            return;
        }
        switch (value) {
            case AlertInput.Points points -> evaluator.points(points.batch(), clock);
            case AlertInput.RuleSaid said -> evaluator.rule(said.rule().id(), said.rule(), input.timestamp(), clock);
            case AlertInput.Command command -> evaluator.command(command.command(), clock);
        }
    }

    /** Of a tombstone only the topic says what it is. */
    private static boolean isRule(ProcessorContext<String, byte[]> context) {
        return context.recordMetadata()
                .filter(metadata -> metadata.topic().equals(Topic.ALERTS_RULES.topicName()))
                .isPresent();
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
