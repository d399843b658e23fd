package io.peerscope.contracts.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "'>',  false, false, true,  true",
        "'>=', false, true,  true,  true",
        "'<',  true,  false, false, false",
        "'<=', true,  true,  false, false"
    })
    void holds(String sign, boolean below, boolean at, boolean above, boolean upward) {
        Comparison comparison = Comparison.of(sign).orElseThrow();
        assertThat(comparison.holds(89.9, 90)).isEqualTo(below);
        assertThat(comparison.holds(90, 90)).isEqualTo(at);
        assertThat(comparison.holds(90.1, 90)).isEqualTo(above);
        assertThat(comparison.upward()).isEqualTo(upward);
        assertThat(comparison.sign()).isEqualTo(sign);
    }

    @Test
    void knowsNoOtherSigns() {
        assertThat(Comparison.of("==")).isEmpty();
        assertThat(Comparison.of("")).isEmpty();
    }
}
