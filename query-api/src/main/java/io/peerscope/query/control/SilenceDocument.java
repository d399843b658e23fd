package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.silence.Recurrence;
import io.peerscope.contracts.silence.Recurrence.Every;
import io.peerscope.contracts.silence.Silence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A silence as people write it. What the server says of it (who made it, whether it holds) may be sent back and is not
 * looked at. Reading collects every fault before it gives up.
 */
public final class SilenceDocument {
    private static final List<String> FIELDS =
            List.of("id", "matchers", "from", "to", "recurring", "comment", "created_by", "created_at", "status");
    private static final List<String> RECURRENCE = List.of("every", "time_zone", "until");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final int LONGEST_COMMENT = 1_000;
    private static final int MOST_MATCHERS = 20;

    private final DocumentFields fields;

    private SilenceDocument(JsonNode document) throws InvalidDocumentException {
        this.fields = new DocumentFields(document, "a silence");
    }

    /** What is not in the document. */
    public record Author(String name, Instant at) {}

    /**
     * @param id of the silence where the document does not say one
     * @param now from when on it holds where the document does not say it
     */
    public static Silence read(JsonNode document, String id, Author author, Instant now)
            throws InvalidDocumentException {
        return new SilenceDocument(document).toSilence(id, author, now);
    }

    private Silence toSilence(String missingId, Author author, Instant now) throws InvalidDocumentException {
        fields.allowOnly(FIELDS);
        String id = fields.text("id").orElse(missingId);
        if (!ID.matcher(id).matches()) {
            fields.fault(
                    "id",
                    ErrorCode.BAD_NAME,
                    "1 to 128 letters, digits, '_', '-' or '.', starting with a letter or digit; or leave it out");
        }
        Map<String, String> matchers =
                fields.someMatchers("matchers", MOST_MATCHERS, "{\"host\":\"eu-*\",\"rule_id\":\"cpu_usage\"}");
        Instant from = fields.time("from").orElse(now);
        Optional<Instant> to = fields.time("to");
        if (fields.missing("to")) {
            fields.fault("to", ErrorCode.MISSING_FIELD, "when does it end? a time after from");
        }
        Recurrence recurring = recurring();
        to.ifPresent(end -> length(from, end, recurring));
        String comment = fields.text("comment").orElse("");
        if (comment.length() > LONGEST_COMMENT || comment.indexOf(0) >= 0) {
            fields.fault("comment", ErrorCode.BAD_PARAMETER, "text of at most " + LONGEST_COMMENT + " characters");
        }
        fields.done();
        return new Silence(id, matchers, from, to.orElseThrow(), recurring, comment, author.name(), author.at());
    }

    private void length(Instant from, Instant to, @Nullable Recurrence recurring) {
        Duration length = Duration.between(from, to);
        if (!length.isPositive()) {
            fields.fault("to", ErrorCode.BAD_PARAMETER, "must be after from");
        } else if (recurring != null && length.compareTo(recurring.every().period()) > 0) {
            fields.fault(
                    "to",
                    ErrorCode.BAD_PARAMETER,
                    "what comes again %s lasts at most %d days"
                            .formatted(
                                    recurring.every().word(),
                                    recurring.every().period().toDays()));
        }
        if (recurring != null && recurring.until() != null && !recurring.until().isAfter(from)) {
            fields.fault("recurring.until", ErrorCode.BAD_PARAMETER, "must be after from");
        }
    }

    private @Nullable Recurrence recurring() {
        if (fields.missing("recurring")) {
            return null;
        }
        JsonNode value = fields.raw("recurring");
        if (value.isTextual()) {
            return new Recurrence(every(value.textValue(), "recurring"), ZoneOffset.UTC, null);
        }
        if (!value.isObject()) {
            fields.fault(
                    "recurring",
                    ErrorCode.BAD_PARAMETER,
                    "daily, weekly, or an object such as {\"every\":\"weekly\",\"time_zone\":\"Europe/Berlin\"}");
            return null;
        }
        DocumentFields inner = fields.within("recurring");
        inner.allowOnly(RECURRENCE);
        return new Recurrence(
                every(inner.text("every").orElse(""), "recurring.every"),
                zone(inner),
                inner.time("until").orElse(null));
    }

    private Every every(String word, String field) {
        Optional<Every> every = Every.find(word);
        if (every.isEmpty()) {
            fields.fault(field, ErrorCode.BAD_PARAMETER, "must be daily or weekly");
        }
        return every.orElse(Every.DAILY);
    }

    private static ZoneId zone(DocumentFields inner) {
        try {
            return ZoneId.of(inner.text("time_zone").orElse("UTC"));
        } catch (DateTimeException e) {
            inner.fault("time_zone", ErrorCode.BAD_PARAMETER, "a time zone such as Europe/Berlin, or UTC");
            return ZoneOffset.UTC;
        }
    }
}
