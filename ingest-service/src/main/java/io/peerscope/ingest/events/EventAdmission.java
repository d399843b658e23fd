package io.peerscope.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.StateDefinition;
import io.peerscope.contracts.event.EventType;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.EventTime;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.RefusedException;
import io.peerscope.ingest.admission.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what of a request's events comes in. A wrong event falls alone. */
final class EventAdmission {
    private static final int DETAIL_BYTES = 4096;

    private final ClockSkew skew;
    private final Limits limits;
    private final Map<EventType, StateDefinition> words;

    EventAdmission(MetricCatalogue catalogue, ClockSkew skew, Limits limits) {
        this.skew = skew;
        this.limits = limits;
        this.words = Map.of(
                EventType.CONNECTION_STATE,
                        catalogue.findState("connection_state").orElseThrow(),
                EventType.CIRCUIT_BREAKER,
                        catalogue.findState("circuit_breaker").orElseThrow());
    }

    /** @param accepted events that were right; the same one twice in a request is written once */
    record Verdict(
            List<NetworkEvent> events,
            int accepted,
            List<Problem.Detail> faults,
            @Nullable ErrorCode first) {}

    /** @throws RefusedException where nothing of the request may come in */
    Verdict judge(EventDraft.Batch batch, Sender sender, long receivedAt) throws RefusedException {
        String host = sender.host(batch.host());
        if (batch.events().isEmpty()) {
            throw new RefusedException(ErrorCode.MISSING_FIELD, "events must have at least one");
        }
        if (batch.sentAt() == Draft.BAD_TIME
                || batch.sentAt() != Draft.NO_TIME && !EventTime.inMilliseconds(batch.sentAt())) {
            throw new RefusedException(ErrorCode.BAD_TIMESTAMP, "sent_at must be RFC 3339 or epoch milliseconds");
        }
        long correction = batch.sentAt() == Draft.NO_TIME
                ? skew.correction(host)
                : skew.observe(host, receivedAt - batch.sentAt());
        EventTime time = new EventTime(receivedAt, correction, limits);
        Map<String, NetworkEvent> events = new LinkedHashMap<>();
        List<Problem.Detail> faults = new ArrayList<>();
        ErrorCode first = null;
        for (int i = 0; i < batch.events().size(); i++) {
            try {
                NetworkEvent event = event(host, batch.events().get(i), time);
                events.putIfAbsent(event.id(), event);
            } catch (RefusedException refused) {
                first = first == null ? refused.code() : first;
                faults.add(Problem.Detail.at(i, refused.code(), refused.detail()));
            }
        }
        return new Verdict(List.copyOf(events.values()), batch.events().size() - faults.size(), faults, first);
    }

    private NetworkEvent event(String host, EventDraft draft, EventTime time) throws RefusedException {
        EventType type = type(draft.type());
        long timestamp = time.of(draft.timestamp());
        long hostTime = draft.timestamp() == Draft.NO_TIME ? time.receivedAt() : draft.timestamp();
        String peer = text("peer", draft.peer());
        String from = word("from", type, draft.from());
        String to = word("to", type, draft.to());
        switch (type) {
            case CONNECTION_STATE, CIRCUIT_BREAKER -> {
                require("peer", peer);
                require("to", to);
            }
            case DISCOVERY -> require("peer", peer);
            case FAILOVER -> require("to", to);
            case TRANSFER, SECURITY, GOODBYE, MESSAGE -> {
                // what is known of them varies
            }
        }
        checkDetail(draft.detail());
        return new NetworkEvent(
                NetworkEvent.id(host, type, hostTime, peer, from, to),
                host,
                type,
                Instant.ofEpochMilli(timestamp),
                Instant.ofEpochMilli(time.receivedAt()),
                peer,
                from,
                to,
                draft.detail());
    }

    private static EventType type(String word) throws RefusedException {
        try {
            return EventType.of(word);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    word.isEmpty() ? ErrorCode.MISSING_FIELD : ErrorCode.BAD_VALUE,
                    "type must be one of " + EventType.words());
        }
    }

    private @Nullable String word(String name, EventType type, String given) throws RefusedException {
        StateDefinition allowed = words.get(type);
        String text = text(name, given);
        if (allowed == null || text == null) {
            return text;
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (!allowed.values().contains(word)) {
            throw new RefusedException(
                    ErrorCode.BAD_VALUE, "%s must be one of %s".formatted(name, String.join(", ", allowed.values())));
        }
        return word;
    }

    private static @Nullable String text(String name, String given) throws RefusedException {
        if (!Grammar.isText(given)) {
            throw new RefusedException(
                    ErrorCode.BAD_VALUE, "%s must be text of at most %d bytes".formatted(name, Grammar.TEXT_LIMIT));
        }
        return given.isEmpty() ? null : given;
    }

    private static void require(String name, @Nullable String value) throws RefusedException {
        if (value == null) {
            throw new RefusedException(ErrorCode.MISSING_FIELD, name + " is missing");
        }
    }

    /** The database must be able to hold it. */
    private static void checkDetail(JsonNode detail) throws RefusedException {
        if (!detail.isObject() || !holdable(detail) || Json.encode(detail).length > DETAIL_BYTES) {
            throw new RefusedException(
                    ErrorCode.BAD_VALUE, "detail must be an object of at most %d bytes".formatted(DETAIL_BYTES));
        }
    }

    private static boolean holdable(JsonNode node) {
        if (node.isTextual()) {
            return Grammar.isUnicode(node.textValue());
        }
        if (node.isFloatingPointNumber()) {
            return Double.isFinite(node.doubleValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!Grammar.isUnicode(member.getKey()) || !holdable(member.getValue())) {
                return false;
            }
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (!holdable(element)) {
                    return false;
                }
            }
        }
        return true;
    }
}
