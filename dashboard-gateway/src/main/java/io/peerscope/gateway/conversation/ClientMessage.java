package io.peerscope.gateway.conversation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What a client may say on {@code /monitor}: one JSON object with exactly one of three members. */
sealed interface ClientMessage {
    record Subscribe(List<Channel> channels) implements ClientMessage {}

    record Unsubscribe(List<Channel> channels) implements ClientMessage {}

    /** Go on after the alert {@code offset} of the gateway start {@code epoch}. */
    record Resume(String epoch, long offset) implements ClientMessage {}

    /** Not understood; said back to the client. */
    record Faulty(ErrorCode code, String detail) implements ClientMessage {}

    static ClientMessage parse(String text) {
        JsonNode message;
        try {
            message = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return new Faulty(ErrorCode.MALFORMED, "not JSON: " + e.getOriginalMessage());
        }
        if (!message.isObject() || message.size() != 1) {
            return new Faulty(ErrorCode.MALFORMED, "expected an object with one of: subscribe, unsubscribe, resume");
        }
        Iterator<String> names = message.fieldNames();
        String name = names.next();
        JsonNode content = message.path(name);
        return switch (name) {
            case "subscribe" -> channels(name, content, true);
            case "unsubscribe" -> channels(name, content, false);
            case "resume" -> resume(content);
            default -> new Faulty(ErrorCode.UNKNOWN_FIELD, "unknown member " + name);
        };
    }

    private static ClientMessage channels(String member, JsonNode names, boolean subscribe) {
        if (!names.isArray()) {
            return new Faulty(ErrorCode.BAD_PARAMETER, member + " must be a list of channel names");
        }
        List<Channel> channels = new ArrayList<>();
        for (JsonNode name : names) {
            var channel = Channel.of(name.asText());
            if (channel.isEmpty()) {
                return new Faulty(
                        ErrorCode.BAD_PARAMETER,
                        "unknown channel " + name + ": choose of metrics, alert, status, hosts, host:<name>");
            }
            channels.add(channel.get());
        }
        return subscribe ? new Subscribe(channels) : new Unsubscribe(channels);
    }

    private static ClientMessage resume(JsonNode content) {
        JsonNode epoch = content.path("epoch");
        JsonNode offset = content.path("offset");
        if (!epoch.isTextual() || !offset.canConvertToLong() || !offset.isIntegralNumber()) {
            return new Faulty(ErrorCode.BAD_PARAMETER, "resume needs epoch (text) and offset (a whole number)");
        }
        return new Resume(epoch.asText(), offset.asLong());
    }
}
