package io.peerscope.query.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.problem.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An inhibition as people write it. Reading collects every fault before it gives up. */
public final class InhibitionDocument {
    private static final List<String> FIELDS = List.of("id", "source_matchers", "target_matchers", "equal");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
    private static final int MOST = 20;

    private final DocumentFields fields;

    private InhibitionDocument(JsonNode document) throws InvalidDocumentException {
        this.fields = new DocumentFields(document, "an inhibition");
    }

    /** @param missingId of one whose document does not say it */
    public static Inhibition read(JsonNode document, String missingId) throws InvalidDocumentException {
        return new InhibitionDocument(document).toInhibition(missingId);
    }

    private Inhibition toInhibition(String missingId) throws InvalidDocumentException {
        fields.allowOnly(FIELDS);
        String id = fields.text("id").orElse(missingId);
        if (!ID.matcher(id).matches()) {
            fields.fault(
                    "id",
                    ErrorCode.BAD_NAME,
                    "1 to 128 letters, digits, '_', '-' or '.', starting with a letter or digit");
        }
        Map<String, String> source = matchers("source_matchers");
        Map<String, String> target = matchers("target_matchers");
        List<String> equal = fields.texts("equal");
        if (equal.size() > MOST) {
            fields.fault("equal", ErrorCode.BAD_PARAMETER, "at most " + MOST);
        }
        fields.done();
        return new Inhibition(id, source, target, equal);
    }

    private Map<String, String> matchers(String field) {
        return fields.someMatchers(field, MOST, "{\"rule_id\":\"host_down\"}");
    }
}
