package io.peerscope.contracts.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.Golden;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code docs/alerts.asyncapi.yaml} promises is what is written. */
class AlertSchemaTest {
    private final JsonNode schemas = read().path("components").path("schemas");

    private static JsonNode read() {
        try {
            return new YAMLMapper()
                    .readTree(Path.of("../docs/alerts.asyncapi.yaml").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyFieldIsDescribedAndNoOther() throws IOException {
        JsonNode event = Json.mapper().readTree(Golden.text("alert-event.json"));
        assertFields(event, schemas.path("event"));
        assertFields(event.path("data"), schemas.path("alert"));
        assertFields(
                event.path("data").path("subject"),
                schemas.path("alert").path("properties").path("subject"));
    }

    @Test
    void whatIsDetectedIsDescribed() {
        Detection detection = new Detection("anomaly", 47, 40.0, 55.0, 9.2, null, null, null, null, 28, "");
        assertFields(Json.mapper().valueToTree(detection), schemas.path("detection"));
    }

    private static void assertFields(JsonNode written, JsonNode schema) {
        TreeSet<String> described = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(described::add);
        TreeSet<String> found = new TreeSet<>();
        written.fieldNames().forEachRemaining(found::add);
        assertThat(described).isEqualTo(found);
    }

    @Test
    void everyWordIsListed() {
        assertThat(words("event", "type"))
                .isEqualTo(Arrays.stream(AlertTransition.values())
                        .map(transition -> "io.peerscope.alert." + transition.word())
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
        assertThat(words("alert", "severity"))
                .isEqualTo(Arrays.stream(Severity.values())
                        .map(Severity::word)
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
        assertThat(words("alert", "status"))
                .isEqualTo(Arrays.stream(AlertStatus.values())
                        .map(status -> Json.mapper().valueToTree(status).asText())
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }

    private TreeSet<String> words(String schema, String field) {
        TreeSet<String> words = new TreeSet<>();
        schemas.path(schema).path("properties").path(field).path("enum").forEach(word -> words.add(word.asText()));
        return words;
    }
}
