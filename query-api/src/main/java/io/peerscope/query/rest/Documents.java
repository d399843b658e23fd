package io.peerscope.query.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.query.rule.Places;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Documents that may be written and read as JSON or YAML. */
final class Documents {
    static final String YAML = "application/yaml";
    private static final int LARGEST = 1 << 20;
    private static final int LONGEST_REASON = 300;
    /** As the parser says it. */
    private static final Pattern MARK = Pattern.compile("(?m)^ in .*, line (\\d{1,7}), column (\\d{1,7}):$");

    private static final Pattern REPEATED = Pattern.compile("^Duplicate field '(.*)'");

    private static final YAMLMapper YAML_MAPPER = YAMLMapper.builder(YAMLFactory.builder()
                    .stringQuotingChecker(new TextsStayTexts())
                    .build())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
            storable("", document);
            return document;
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.MALFORMED, "the document cannot be read");
        }
    }

    /** What the database cannot hold would otherwise be found out by one that does not know whose it is. */
    private static void storable(String place, JsonNode value) {
        if (value.isTextual() && !Grammar.isUnicode(value.textValue())) {
            throw ProblemException.field(
                    place, ErrorCode.BAD_VALUE, "text without NUL and without halves of characters is needed");
        }
        value.properties().forEach(field -> {
            if (!Grammar.isUnicode(field.getKey())) {
                throw ProblemException.field(place, ErrorCode.BAD_NAME, "no field has such a name");
            }
            storable(place.isEmpty() ? field.getKey() : place + "." + field.getKey(), field.getValue());
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            storable(place + "[" + i + "]", value.get(i));
        }
    }

    /** With the line and what is wrong there. */
    private static ProblemException unreadable(JsonProcessingException e) {
        String said = Objects.requireNonNullElse(e.getOriginalMessage(), "");
        Matcher repeated = REPEATED.matcher(said);
        String field = repeated.find() ? repeated.group(1) : "";
        String reason;
        if (!field.isEmpty()) {
            reason = "given twice; keep one of the two";
        } else if (e instanceof MismatchedInputException) {
            reason = "something follows the document; send each document by itself";
        } else {
            reason = "cannot be read: " + reason(said);
        }
        Problem.Detail fault = Problem.Detail.of(field, ErrorCode.MALFORMED, reason);
        JsonLocation place = e.getLocation();
        if (place != null) {
            fault = fault.at(place.getLineNr(), place.getColumnNr());
        }
        Matcher marked = MARK.matcher(said);
        while (marked.find()) { // the last one is where it went wrong, those before it where that began
            fault = fault.at(Integer.parseInt(marked.group(1)), Integer.parseInt(marked.group(2)));
        }
        String where = fault.line() == null ? "" : "line " + fault.line() + ": ";
        return new ProblemException(ErrorCode.MALFORMED, where + Problem.summaryOf(List.of(fault)), List.of(fault));
    }

    /** Of a report over many lines, those that are no places and no quotations; they are indented. */
    private static String reason(String said) {
        String whole = said.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
        return whole.length() > LONGEST_REASON ? whole.substring(0, LONGEST_REASON) : whole;
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
