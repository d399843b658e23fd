package io.peerscope.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.cli.Failure;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

    @ParameterizedTest
    @CsvSource({"90d, 2027-02-20T10:00:00Z", "1d, 2026-11-23T10:00:00Z", "2027-01-31T00:00:00Z, 2027-01-31T00:00:00Z"})
    void daysAndTimesAreRead(String text, String expected) {
        assertThat(Expiry.read(text, CLOCK)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "d", "-3d", "90", "2027-01-31", "99999999999d"})
    void anythingElseIsAMistake(String text) {
        assertThatThrownBy(() -> Expiry.read(text, CLOCK))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--expires");
    }
}
