package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.query.control.InvalidDocumentException;
import io.peerscope.query.rule.Places;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of a document from its bytes to what is kept of it, or to the answer that says what is wrong, without a network
 * and a database. What is kept can be written and stored, and what is shown of it as YAML can be sent back.
 */
public final class BareDocuments {
    private static final List<MediaType> FORMS =
            List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(Documents.YAML));
    private static final List<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList();

    private BareDocuments() {}

    /** What is kept of a document, as it is shown. */
    @FunctionalInterface
    public interface Reader {
        Object read(JsonNode document) throws RuleInvalidException, InvalidDocumentException, IOException;
    }

    /** The rule of a request to try one. */
    public static Rule tried(JsonNode document, Instant now) throws RuleInvalidException {
        return WhatIfRequest.read(document, now).rule();
    }

    /** Reads it as JSON and as YAML. */
    public static void take(byte[] body, Reader reader) {
        for (MediaType form : FORMS) {
            take(body, form, reader);
        }
    }

    private static void take(byte[] body, MediaType form, Reader reader) {
        try {
            JsonNode document = Documents.read(body, form);
            JsonNode kept = Json.mapper().valueToTree(reader.read(document.deepCopy()));
            sameNumbers(document, kept);
            holdable(kept);
            shown(kept);
        } catch (ProblemException e) {
            isAnswer(e.problem());
        } catch (RuleInvalidException e) {
            refused(body, form, e.faults());
        } catch (InvalidDocumentException e) {
            refused(body, form, e.faults());
        } catch (IOException e) {
            throw new AssertionError("cannot be read again", e);
        }
    }

    private static void refused(byte[] body, MediaType form, List<Problem.Detail> faults) {
        assertThat(faults).isNotEmpty();
        Places places = Documents.places(body, form);
        List<Problem.Detail> marked = places.mark(faults);
        isAnswer(Problem.of(ErrorCode.BAD_PARAMETER, Problem.summaryOf(marked), marked));
    }

    private static void isAnswer(Problem problem) {
        assertThat(problem.status() / 100).as("status %d", problem.status()).isEqualTo(4);
        assertThat(problem.code()).isIn(CODES);
        assertThat(problem.detail()).isNotBlank();
        problem.errors().forEach(fault -> assertThat(fault.code()).isIn(CODES));
        assertThat(Json.decode(Json.encode(problem), Problem.class)).isEqualTo(problem);
    }

    /** A number is taken as it is or not at all. */
    private static void sameNumbers(JsonNode read, JsonNode written) {
        read.properties().forEach(field -> {
            JsonNode after = written.path(field.getKey());
            if (field.getValue().isNumber() && after.isNumber()) {
                assertThat(after.doubleValue())
                        .as(field.getKey())
                        .isEqualTo(field.getValue().doubleValue());
            }
            sameNumbers(field.getValue(), after);
        });
    }

    private static void holdable(JsonNode kept) {
        if (kept.isTextual()) {
            assertThat(kept.textValue()).matches(Grammar::isUnicode, "Unicode without NUL");
        }
        kept.properties().forEach(field -> assertThat(field.getKey()).matches(Grammar::isUnicode, "Unicode"));
        kept.forEach(BareDocuments::holdable);
    }

    private static void shown(JsonNode kept) {
        MediaType yaml = FORMS.getLast();
        Response answer = Documents.answer(Response.ok(), kept, List.of(yaml)).build();
        JsonNode again = Documents.read((byte[]) answer.getEntity(), yaml);
        assertThat(again.equals(BareDocuments::differ, kept))
                .as("%s is not %s", again, kept)
                .isTrue();
    }

    /** 1 and 1.0 are one number. */
    private static int differ(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one != null && other != null && one.isNumber() && other.isNumber()) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        return one != null && one.equals(other) ? 0 : 1;
    }
}
