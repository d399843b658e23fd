package io.peerscope.alert.topology;

import io.peerscope.alert.group.Partial;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.contracts.topic.Topic;
import org.jspecify.annotations.Nullable;

/** What comes in, one kind from each topic. */
sealed interface AlertInput {
    record Points(PointBatch batch) implements AlertInput {}

    /** @param rule null: removed */
    record RuleSaid(String id, @Nullable Rule rule) implements AlertInput {}

    /** @param silence null: removed */
    record SilenceSaid(String id, @Nullable Silence silence) implements AlertInput {}

    record ExpectationSaid(Expectation expectation) implements AlertInput {}

    record Command(AlertCommand command) implements AlertInput {}

    /** What a task has counted: this one or another. */
    record Counted(Partial partial) implements AlertInput {}

    /**
     * @throws MalformedRecordException if the record cannot be read, or its key says something else: then it may be in a
     *     partition where it does not belong
     */
    static AlertInput read(String topic, @Nullable String key, byte @Nullable [] value) {
        if (key == null) {
            throw new MalformedRecordException("a record of " + topic + " without a key");
        }
        if (topic.equals(Topic.ALERTS_RULES.topicName())) {
            return new RuleSaid(key, value == null ? null : rule(key, value));
        }
        if (topic.equals(Topic.ALERTS_SILENCES.topicName())) {
            return new SilenceSaid(key, value == null ? null : silence(key, value));
        }
        if (value == null) {
            throw new MalformedRecordException("a record of " + topic + " without a value");
        }
        if (topic.equals(Topic.ALERTS_COMMANDS.topicName())) {
            return new Command(Json.decode(value, AlertCommand.class));
        }
        if (topic.equals(Topic.ALERTS_EXPECTATIONS.topicName())) {
            Expectation expectation = Json.decode(value, Expectation.class);
            same(expectation.host(), key);
            return new ExpectationSaid(expectation);
        }
        if (topic.equals(Topic.ALERTS_PARTIALS.topicName())) {
            return new Counted(Json.decode(value, Partial.class));
        }
        PointBatch batch = points(value);
        same(batch.host(), key);
        return new Points(batch);
    }

    /** A point in the future would make the true ones that follow look late. */
    static PointBatch points(byte[] value) {
        PointBatch batch = PointBatchCodec.decode(value);
        if (!batch.keepsToTime()) {
            throw new MalformedRecordException(
                    "a batch of " + batch.host() + " with a point after it was received, at " + batch.receivedAt());
        }
        return batch;
    }

    private static Rule rule(String key, byte[] value) {
        try {
            Rule rule = RuleDocument.read(value);
            same(rule.id(), key);
            return rule;
        } catch (RuleInvalidException e) {
            throw new MalformedRecordException("not a rule that works: " + e.getMessage(), e);
        }
    }

    private static Silence silence(String key, byte[] value) {
        Silence silence = Json.decode(value, Silence.class);
        same(silence.id(), key);
        return silence;
    }

    private static void same(String inside, String key) {
        if (!inside.equals(key)) {
            throw new MalformedRecordException("the key is " + key + ", the value is of " + inside);
        }
    }
}
