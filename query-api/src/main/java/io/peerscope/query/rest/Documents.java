package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.rule.Places;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents that may be written and read as JSON or YAML. */
final class Documents {
    static final String YAML = "application/yaml";
    private static final int LARGEST = 1 << 20;
    private static final YAMLMapper YAML_MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private Documents() {}

    static JsonNode read(byte @Nullable [] body, @Nullable MediaType type) {
        byte[] bytes = Body.present(body);
        if (bytes.length > LARGEST) {
            throw new ProblemException(ErrorCode.BODY_TOO_LARGE, "a document has at most 1 MiB");
        }
        try {
            JsonNode document = mapper(type).readTree(bytes);
            if (document == null || document.isMissingNode() || document.isNull()) {
                throw new ProblemException(ErrorCode.MALFORMED, "a document is needed");
            }
            return document;
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.MALFORMED, "the document cannot be read");
        }
    }

    /** Where the fields of a document that was read stand in it. */
    static Places places(byte @Nullable [] body, @Nullable MediaType type) {
        return Places.of(Body.present(body), mapper(type));
    }

    private static ObjectMapper mapper(@Nullable MediaType type) {
        return type != null && type.getSubtype().contains("yaml") ? YAML_MAPPER : Json.mapper();
    }

    /** In the form that the reader prefers. */
    static Response.ResponseBuilder answer(Response.ResponseBuilder answer, Object document, List<MediaType> accepted) {
        boolean yaml = !accepted.isEmpty() && accepted.get(0).getSubtype().contains("yaml");
        if (!yaml) {
            return answer.entity(Json.encode(document)).type(MediaType.APPLICATION_JSON);
        }
        try {
            JsonNode tree = Json.mapper().valueToTree(document);
            return answer.entity(YAML_MAPPER.writeValueAsBytes(tree)).type(YAML);
        } catch (IOException e) {
            throw new IllegalStateException("cannot be written as YAML", e);
        }
    }
}
