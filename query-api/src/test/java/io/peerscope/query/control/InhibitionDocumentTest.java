package io.peerscope.query.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InhibitionDocumentTest {
    private static JsonNode document(String glob) {
        return Json.mapper()
                .valueToTree(Map.of(
                        "source_matchers", Map.of("rule_id", "host_down"),
                        "target_matchers", Map.of("host", glob)));
    }

    @Test
    void globsHaveALongestLength() throws InvalidDocumentException {
        assertThat(InhibitionDocument.read(document("h".repeat(256)), "i1").id())
                .isEqualTo("i1");
        for (String glob : new String[] {"h".repeat(257), "h\0"}) {
            assertThatThrownBy(() -> InhibitionDocument.read(document(glob), "i1"))
                    .isInstanceOfSatisfying(
                            InvalidDocumentException.class,
                            e -> assertThat(e.faults().getFirst().field()).isEqualTo("target_matchers.host"));
        }
    }
}
