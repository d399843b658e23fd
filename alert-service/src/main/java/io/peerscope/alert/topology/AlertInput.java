package io.peerscope.alert.topology;

import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import org.apache.kafka.common.serialization.Deserializer;

/** What comes in, one kind from each topic. A record that cannot be read goes to the dead letters before it gets here. */
sealed interface AlertInput {
    record Points(PointBatch batch) implements AlertInput {}

    record RuleSaid(Rule rule) implements AlertInput {}

    record Command(AlertCommand command) implements AlertInput {}

    static Deserializer<AlertInput> points() {
        return (topic, bytes) -> new Points(PointBatchCodec.decode(bytes));
    }

    static Deserializer<AlertInput> rules() {
        return (topic, bytes) -> {
            try {
                return new RuleSaid(RuleDocument.read(bytes));
            } catch (RuleInvalidException e) {
                throw new MalformedRecordException("not a rule that works: " + e.getMessage(), e);
            }
        };
    }

    static Deserializer<AlertInput> commands() {
        return (topic, bytes) -> new Command(Json.decode(bytes, AlertCommand.class));
    }
}
