package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource({
        "1763719200000, 2025-11-21T10:00:00Z",
        "0, 1970-01-01T00:00:00Z",
        "2025-11-21T10:00:00Z, 2025-11-21T10:00:00Z",
        "2025-11-21T12:00:00 02:00, 2025-11-21T10:00:00Z",
    })
    void timesAreTextOrMilliseconds(String text, Instant time) {
        assertThat(Query.time("from", text)).contains(time);
    }

    @Test
    void secondsAreNotTakenForMilliseconds() {
        assertThatThrownBy(() -> Query.time("from", "1763719200"))
                .hasMessageContaining("looks like seconds: 2025-11-21T10:00:00Z is 1763719200000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "-1",
                "999999999999999",
                "99999999999999999999",
                "now"
            })
    void timesThatNoClockShowsAreRefused(String text) {
        assertThatThrownBy(() -> Query.time("to", text)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "x, bad_parameter",
        "0, bad_parameter",
        "1.5, bad_parameter",
        "169, range_too_wide",
        "99999999999999999999, range_too_wide"
    })
    void hoursAreRefusedWithTheirBounds(String text, String code) {
        KeptSessions kept = new KeptSessions(() -> Duration.ofDays(7));
        assertThat(kept.hours("168")).isEqualTo(168);
        assertThatThrownBy(() -> kept.hours(text)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem().code()).isEqualTo(code);
            assertThat(problem).hasMessageContaining("from 1 to 168").hasMessageContaining("kept for so long");
        });
    }
}
