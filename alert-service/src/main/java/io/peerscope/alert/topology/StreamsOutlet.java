package io.peerscope.alert.topology;

import io.peerscope.alert.evaluation.Outlet;
import io.peerscope.alert.evaluation.SubjectTimes;
import io.peerscope.alert.group.Partial;
import io.peerscope.alert.group.Tally;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.foundation.streams.PromptCommit;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Into the stores and topics of the task: one transaction with the input that caused it. */
record StreamsOutlet(
        ProcessorContext<String, byte[]> context,
        PromptCommit commit,
        Cause cause,
        KeyValueStore<String, byte[]> rules,
        KeyValueStore<String, byte[]> silences,
        KeyValueStore<String, byte[]> subjects,
        KeyValueStore<String, byte[]> episodes,
        KeyValueStore<String, byte[]> expectations,
        KeyValueStore<String, byte[]> partials)
        implements Outlet {
    private static final Logger LOG = Logger.getLogger(StreamsOutlet.class);

    @Override
    public void rule(String ruleId, @Nullable Rule rule) {
        put(rules, ruleId, rule == null ? null : Json.encode(RuleDocument.write(rule)));
    }

    @Override
    public void silence(String id, @Nullable Silence silence) {
        put(silences, id, silence == null ? null : Json.encode(silence));
    }

    @Override
    public void state(String alertKey, AlertState.@Nullable Kept state) {
        put(episodes, alertKey, state == null ? null : StateCodec.encode(state));
    }

    @Override
    public void subject(String subjectKey, @Nullable SubjectTimes times) {
        put(subjects, subjectKey, times == null ? null : Json.encode(times));
    }

    @Override
    public void expectation(String key, @Nullable Expectation expectation) {
        put(expectations, key, expectation == null ? null : Json.encode(expectation));
    }

    @Override
    public void counted(long at, List<Tally> tallies) {
        Partial partial = new Partial(context.taskId().partition(), at, tallies);
        send(AlertTopology.PARTIALS_SINK, Measure.Group.ANY_HOST, Json.encode(partial), cause.headers());
    }

    @Override
    public void partial(int partition, @Nullable Partial partial) {
        put(partials, Integer.toString(partition), partial == null ? null : Json.encode(partial));
    }

    @Override
    public void event(String alertKey, AlertEvent event) {
        Alert alert = event.data();
        // said once more where the transaction is aborted and done again
        LOG.infof(
                "%s %s %s on %s: %s (alert %s)",
                event.transition().word(),
                alert.severity().word(),
                alert.ruleId(),
                alert.host(),
                alert.summary(),
                alert.id());
        Headers headers = cause.headersOf(event.transition().word(), alert.ruleId(), alert.host());
        send(AlertTopology.EVENTS_SINK, alertKey, Json.encode(event), headers);
        commit.sent();
    }

    @Override
    public void active(String alertKey, @Nullable Alert alert) {
        send(AlertTopology.ACTIVE_SINK, alertKey, alert == null ? null : Json.encode(alert), cause.headers());
    }

    private static void put(KeyValueStore<String, byte[]> store, String key, byte @Nullable [] value) {
        if (value == null) {
            store.delete(key);
        } else {
            store.put(key, value);
        }
    }

    /** Stamped with the wall clock: event times of a backlog would be taken for expired by the topic's retention. */
    private void send(String sink, String key, byte @Nullable [] value, Headers headers) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs(), headers), sink);
    }
}
