package io.peerscope.ingest.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.ingest.admission.Draft;
import java.util.List;

/**
 * An event as its sender wrote it, nothing checked yet.
 *
 * @param type "" where it is missing or no text
 * @param timestamp epoch milliseconds of the host's clock, {@link Draft#NO_TIME} or {@link Draft#BAD_TIME}
 * @param peer "" where none; so also from and to
 */
record EventDraft(String type, long timestamp, String peer, String from, String to, JsonNode detail) {
    /**
     * What one request says.
     *
     * @param host "" if the sender named none
     * @param sentAt as in {@link Draft}
     */
    record Batch(String host, long sentAt, List<EventDraft> events) {}
}
