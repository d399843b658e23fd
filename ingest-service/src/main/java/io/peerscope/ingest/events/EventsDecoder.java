package io.peerscope.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.nativeformat.TimeReading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Reads the body of {@code POST /api/v1/events}. As with points, what is no JSON of this form costs the request, and a
 * wrong value costs the event.
 */
final class EventsDecoder {
    private static final Set<String> BODY = Set.of("host", "sent_at", "events");
    private static final Set<String> EVENT = Set.of("type", "timestamp", "peer", "from", "to", "detail");
    /** No grammar lets it through, so that what is no text costs the event and not the request. */
    private static final String NO_TEXT = "\u0000";

    private final int maxEvents;

    EventsDecoder(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    EventDraft.Batch decode(byte[] body, int length) throws UndecodableException {
        JsonNode json = read(body, length);
        known(json, BODY, "");
        JsonNode events = json.path("events");
        if (!events.isArray()) {
            boolean missing = events.isMissingNode() || events.isNull();
            throw new UndecodableException(
                    missing ? ErrorCode.MISSING_FIELD : ErrorCode.MALFORMED, "events must be a list");
        }
        if (events.size() > maxEvents) {
            throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "at most " + maxEvents + " events");
        }
        List<EventDraft> drafts = new ArrayList<>(events.size());
        for (JsonNode event : events) {
            String path = "events[" + drafts.size() + "]";
            if (!event.isObject()) {
                throw new UndecodableException(ErrorCode.MALFORMED, path + " must be an object");
            }
            known(event, EVENT, path + ".");
            JsonNode detail = event.path("detail");
            drafts.add(new EventDraft(
                    text(event.path("type")),
                    time(event.path("timestamp")),
                    text(event.path("peer")),
                    text(event.path("from")),
                    text(event.path("to")),
                    detail.isMissingNode() || detail.isNull() ? JsonNodeFactory.instance.objectNode() : detail));
        }
        return new EventDraft.Batch(text(json.path("host")), time(json.path("sent_at")), drafts);
    }

    private static JsonNode read(byte[] body, int length) throws UndecodableException {
        try {
            JsonNode json = Json.mapper().readTree(body, 0, length);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // said below; the parser's words may quote the body
        }
        throw new UndecodableException(ErrorCode.MALFORMED, "the body must be one JSON object");
    }

    private static void known(JsonNode object, Set<String> names, String path) throws UndecodableException {
        for (Iterator<String> given = object.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!names.contains(name)) {
                String detail = "unknown field " + Shown.text(path + name);
                throw new UndecodableException(
                        ErrorCode.UNKNOWN_FIELD,
                        detail,
                        List.of(Problem.Detail.of(Shown.plain(path + name), ErrorCode.UNKNOWN_FIELD, detail)));
            }
        }
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.isMissingNode() || node.isNull() ? "" : NO_TEXT;
    }

    private static long time(JsonNode node) {
        return node.isMissingNode() ? Draft.NO_TIME : TimeReading.of(node);
    }
}
