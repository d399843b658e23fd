package io.peerscope.notify.http;

import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | PT7S",
                "0.65 | PT0.65S",
                "99999999 | PT1H",
                "Sat, 21 Nov 2026 10:00:30 GMT | PT30S",
                "Sat, 21 Nov 2026 09:00:00 GMT | PT0S",
            })
    void the_header_is_seconds_or_a_date(String header, String wait) {
        assertThat(RetryAfter.parse(header, "", T0)).contains(Duration.parse(wait));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e9", "NaN", "7 s"})
    void what_is_neither_says_nothing(String header) {
        assertThat(RetryAfter.parse(header, "", T0)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"retry_after\":\"5\"}", "{\"retry_after\":", "[5]", "{}", "retry_after"})
    void a_body_that_is_not_discords_says_nothing(String body) {
        assertThat(RetryAfter.parse(null, body, T0)).isEqualTo(Optional.empty());
    }

    @Test
    void the_longer_one_counts() {
        assertThat(RetryAfter.parse("1", "{\"retry_after\":1.337}", T0)).contains(Duration.ofMillis(1337));
    }
}
