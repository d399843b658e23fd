package io.peerscope.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerscope.contracts.Samples;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.contracts.point.MalformedRecordException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    record Times(Instant at) {}

    record Levels(Map<String, String> words, List<String> list) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"at\":\"2025-11-21T12:00:00Z\"}{}",
                "{\"at\":1,\"at\":2}",
                "{\"at\":\"noon\"}",
                "{\"at\":null}",
                "{}",
                "{\"at\":NaN}"
            })
    void refuses(String text) {
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Json.decode(text.getBytes(UTF_8), Times.class));
    }

    @Test
    void refusesDeepDocuments() {
        byte[] deep = ("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(UTF_8);
        assertThatExceptionOfType(MalformedRecordException.class).isThrownBy(() -> Json.decode(deep, Times.class));
    }

    @Test
    void namesWhatIsMissingHoweverDeep() {
        String text = new String(Json.encode(Samples.outboxMessage()), UTF_8).replace("\"host\":\"h1\",", "");
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Json.decode(text.getBytes(UTF_8), OutboxMessage.class))
                .withMessage("a OutboxMessage without alerts.host");
    }

    @Test
    void refusesNullInsideListsAndMaps() {
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Json.decode("{\"words\":{\"a\":null},\"list\":[]}".getBytes(UTF_8), Levels.class))
                .withMessageContaining("words");
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Json.decode("{\"words\":{},\"list\":[null]}".getBytes(UTF_8), Levels.class))
                .withMessageContaining("list");
    }

    @Test
    void leavesOutWhatMayBeNull() {
        String live = "{\"active_hosts\":1,\"silent_hosts\":0,\"active_maps\":{},\"links\":0,\"as_of\":0}";
        assertThat(Json.decode(live.getBytes(UTF_8), NetworkLive.class).totalPlayers())
                .isNull();
    }

    @Test
    void refusesWordsThatDoNotExist() {
        String text = new String(Json.encode(Samples.alert()), UTF_8).replace("\"critical\"", "\"CRITICAL\"");
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Json.decode(text.getBytes(UTF_8), Alert.class))
                .withMessageContaining("severity must be info, warning, high or critical, was CRITICAL");
    }

    @Test
    void readsTimesAsTextOrEpochMilliseconds() {
        Instant noon = Instant.parse("2025-11-21T12:00:00.250Z");
        assertThat(Json.decode("{\"at\":\"2025-11-21T13:00:00.250+01:00\"}".getBytes(UTF_8), Times.class)
                        .at())
                .isEqualTo(noon);
        assertThat(Json.decode("{\"at\":1763726400250}".getBytes(UTF_8), Times.class)
                        .at())
                .isEqualTo(noon);
        assertThat(new String(Json.encode(new Times(noon)), UTF_8)).isEqualTo("{\"at\":\"2025-11-21T12:00:00.250Z\"}");
    }

    @Test
    void writesMapsInTheOrderOfTheirKeys() {
        assertThat(new String(Json.encode(Map.of("b", 2, "a", 1, "c", 3)), UTF_8))
                .isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
    }
}
