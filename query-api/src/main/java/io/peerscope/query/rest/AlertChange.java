package io.peerscope.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.query.control.InvalidDocumentException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of an alert. Unlike in a record that a mapper fills, a field that is null is not one that is
 * left out.
 *
 * @param notes null: left as they are; empty: taken away
 * @param assignee the same
 */
record AlertChange(
        Wish wish, @Nullable String notes, @Nullable String assignee) {
    private static final List<String> FIELDS = List.of("status", "resolution_notes", "assignee");
    private static final int LONGEST_NOTES = 4_000;
    private static final int LONGEST_NAME = 128;

    /** What is to become of the alert itself; {@code MARKED}: nothing, only of what is written about it. */
    enum Wish {
        ACKNOWLEDGED,
        RESOLVED,
        OPEN,
        MARKED
    }

    /** The fields, for whoever reads the description of the API. */
    public record Form(
            @Nullable String status,
            @Nullable String resolutionNotes,
            @Nullable String assignee) {}

    static AlertChange read(JsonNode document) throws InvalidDocumentException {
        if (!document.isObject()) {
            throw new ProblemException(ErrorCode.MALFORMED, "a change of an alert is an object with fields");
        }
        List<Problem.Detail> faults = new ArrayList<>();
        document.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                faults.add(Problem.Detail.of(
                        name, ErrorCode.UNKNOWN_FIELD, "no such field; there are " + String.join(", ", FIELDS)));
            }
        });
        AlertChange change = new AlertChange(
                wish(document.path("status"), faults),
                text(document, "resolution_notes", LONGEST_NOTES, faults),
                text(document, "assignee", LONGEST_NAME, faults));
        if (faults.isEmpty() && change.equals(new AlertChange(Wish.MARKED, null, null))) {
            faults.add(Problem.Detail.of(
                    "status", ErrorCode.MISSING_FIELD, "send at least one of " + String.join(", ", FIELDS)));
        }
        if (!faults.isEmpty()) {
            throw new InvalidDocumentException(faults);
        }
        return change;
    }

    private static Wish wish(JsonNode status, List<Problem.Detail> faults) {
        if (status.isMissingNode() || status.isNull()) {
            return Wish.MARKED;
        }
        String word = status.isTextual() ? status.textValue() : "";
        return switch (word) {
            case "acknowledged" -> Wish.ACKNOWLEDGED;
            case "resolved" -> Wish.RESOLVED;
            case "open" -> Wish.OPEN;
            default -> {
                faults.add(
                        Problem.Detail.of("status", ErrorCode.BAD_PARAMETER, "must be acknowledged, resolved or open"));
                yield Wish.MARKED;
            }
        };
    }

    private static @Nullable String text(JsonNode document, String field, int longest, List<Problem.Detail> faults) {
        JsonNode value = document.path(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isNull()) {
            return "";
        }
        // PostgreSQL has no NUL
        if (!value.isTextual()
                || value.textValue().length() > longest
                || value.textValue().indexOf(0) >= 0) {
            faults.add(Problem.Detail.of(
                    field, ErrorCode.BAD_PARAMETER, "must be text of at most " + longest + " characters, or null"));
            return null;
        }
        return value.textValue();
    }

    /** Whether notes and assignee are as wanted. */
    boolean marked(@Nullable String nowNotes, @Nullable String nowAssignee) {
        return as(notes, nowNotes) && as(assignee, nowAssignee);
    }

    private static boolean as(@Nullable String wanted, @Nullable String now) {
        return wanted == null || wanted.equals(now == null ? "" : now);
    }
}
