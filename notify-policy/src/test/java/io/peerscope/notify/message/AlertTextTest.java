package io.peerscope.notify.message;

import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static io.peerscope.notify.Alerts.firing;
import static io.peerscope.notify.Alerts.resolved;
import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.MessageType;
import io.peerscope.notify.Alerts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@y", "a\u0085b", "a\u2028b", "a\u202Eb", "a\u0000b", "a\u2066b", "\u200Fa"})
    void nothing_unseen_is_left(String raw) {
        assertThat(AlertText.clean(raw)).matches("[\\x20-\\x7E]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@everyone", "{{7*7}}", "${jndi:ldap://x}", "</b><script>", "\uD83D\uDE00"})
    void what_is_seen_stays_as_it_is(String raw) {
        assertThat(AlertText.clean(raw)).isEqualTo(raw);
    }

    @Test
    void a_cut_leaves_no_half_of_a_character() {
        String cut = AlertText.clean("x".repeat(199) + "\uD83D\uDE00".repeat(10));

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
        assertThat(cut).endsWith("x…");
    }

    @Test
    void an_end_says_how_long_it_lasted() {
        String body = AlertText.body(
                Alerts.message(
                        "m",
                        webhook("ops"),
                        MessageType.RESOLVED,
                        resolved("h1", WARNING, T0.plusSeconds(3905)).data()),
                new Links(Optional.of("https://peers.example.org/")));

        assertThat(body)
                .contains("lasted 1 h 5 min")
                .contains("cpu_usage 97 %, limit 90 %")
                .contains("h1 is hot")
                .contains("https://peers.example.org/p2p/monitoring/alerts/a-h1");
    }

    @ParameterizedTest
    @CsvSource({
        "clock_error_ms, 3600000, 1 h",
        "clock_error_ms, 250, 250 ms",
        "uptime_seconds, 90000, 1 d 1 h",
        "cpu_usage, 3600000, 3600000 %",
        "unheard_of_ms, 3600000, 3600000"
    })
    void long_times_are_told_as_spans(String metric, double value, String text) {
        assertThat(Quantity.of(metric).text(value)).isEqualTo(text);
    }

    @Test
    void a_digest_says_how_many_still_fire() {
        String line = AlertText.headline(Alerts.message(
                "m",
                webhook("ops"),
                MessageType.DIGEST,
                firing("h1", WARNING).data(),
                resolved("h2", WARNING, T0).data()));

        assertThat(line).isEqualTo("[DIGEST] 2 alerts, 1 still firing");
    }

    @ParameterizedTest
    @CsvSource({
        "cpu_usage,97,97 %",
        "cpu_usage,97.256,97.26 %",
        "no_such_field,0.0042,0.0042",
        "no_such_field,0,0",
        "no_such_field,123456789,123456789",
    })
    void values_are_written_as_one_reads_them(String metric, double value, String text) {
        assertThat(Quantity.of(metric).text(value)).isEqualTo(text);
    }
}
