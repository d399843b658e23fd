package io.peerscope.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.IOException;

/** Reads requests in OTLP's JSON, which is close to that of Protocol Buffers, but not the same. Thread-safe. */
final class JsonRequests {
    /** Of objects and lists; what is not an attribute's value needs sixteen. */
    private static final int DEPTH = 64;

    private final JsonFactory json;

    JsonRequests(long maxBytes) {
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxDocumentLength(maxBytes)
                        .build())
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // names come from strangers and must not stay in the JVM's own table
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    ExportMetricsServiceRequest read(byte[] body, int length) throws UndecodableException {
        try (JsonParser parser = json.createParser(body, 0, length)) {
            ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
            new JsonMessages(parser).readDocument(request);
            return request.build();
        } catch (JsonProcessingException e) {
            String message = e.getOriginalMessage().lines().findFirst().orElse("");
            String said = message.length() > 200 ? message.substring(0, 200) + "…" : message;
            throw new UndecodableException(ErrorCode.MALFORMED, "not JSON as it is needed here: " + said);
        } catch (IOException notText) { // nothing else can go wrong with what is in memory
            throw new UndecodableException(ErrorCode.MALFORMED, "not JSON in UTF-8");
        }
    }
}
