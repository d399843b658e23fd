package io.peerscope.ingest.cursor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.point.MalformedRecordException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final Instant NOON = Instant.parse("2025-11-21T12:00:00Z");

    private static byte[] host(@Nullable Instant newest, long skew) {
        return Json.encode(new HostLive(
                "h1",
                HostStatus.UP,
                NOON,
                NOON,
                newest,
                skew,
                Map.of("newest", "label"),
                Map.of(),
                List.of(),
                new LinksLive(0, 0, null),
                false));
    }

    @Test
    void isOnTheHostsOwnClock() {
        assertThat(Cursor.of(host(NOON, 0)).known()).hasValue(NOON.toEpochMilli());
        assertThat(Cursor.of(host(NOON, -7_200_000)).known()).hasValue(NOON.toEpochMilli() + 7_200_000);
        assertThat(Cursor.of(host(NOON, -7_200_000)).correction()).isEqualTo(-7_200_000);
    }

    @Test
    void aHostThatSentNoPointHasNone() {
        assertThat(Cursor.of(host(null, 0)).known()).isEmpty();
        assertThat(Cursor.of("{\"host\":\"h1\",\"status\":\"up\",\"labels\":{\"newest\":\"x\"}}".getBytes(UTF_8))
                        .known())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"newest\":\"yesterday\",\"clock_skew_ms\":0}", "{\"newest\":", "{\"a\":{\"b\""})
    void anythingElseIsMalformed(String text) {
        assertThatThrownBy(() -> Cursor.of(text.getBytes(UTF_8))).isInstanceOf(MalformedRecordException.class);
    }
}
