package io.peerscope.simulator.send;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The body of {@code POST /api/v1/ingest}. */
final class BatchJson {
    private final JsonFactory factory = new JsonFactory();
    private final boolean gzip;

    BatchJson(boolean gzip) {
        this.gzip = gzip;
    }

    byte[] encode(Batch batch, Optional<Instant> sentAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes;
                JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("host", batch.host());
            json.writeStringField("batch", batch.id());
            if (sentAt.isPresent()) {
                json.writeNumberField("sent_at", sentAt.get().toEpochMilli());
            }
            texts(json, "labels", batch.labels());
            json.writeArrayFieldStart("points");
            for (Measurement point : batch.points()) {
                write(json, point);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Measurement point) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", point.kind());
        texts(json, "labels", point.labels());
        json.writeNumberField("timestamp", point.timestamp().toEpochMilli());
        json.writeObjectFieldStart("fields");
        for (Map.Entry<String, Double> field : point.fields().entrySet()) {
            json.writeNumberField(field.getKey(), field.getValue());
        }
        json.writeEndObject();
        texts(json, "states", point.states());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
