package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be asked of another token: until when it is valid. */
public final class RotationDocument {
    private RotationDocument() {}

    /** @return empty: for ever */
    public static Optional<Instant> expiresAt(JsonNode document) throws InvalidDocumentException {
        DocumentFields fields = new DocumentFields(document, "a token");
        fields.allowOnly(List.of("expires_at"));
        Optional<Instant> time = fields.time("expires_at");
        fields.done();
        return time;
    }
}
