package io.peerscope.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkQualityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 100, excellent",
        "20, 100, excellent",
        "50, 90, excellent",
        "100, 75, good",
        "150, 62.5, fair",
        "200, 50, fair",
        "300, 37.5, poor",
        "400, 25, poor",
        "600, 12.5, unusable",
        "800, 0, unusable",
        "5000, 0, unusable"
    })
    void the_longer_the_worse(double millis, double score, String level) {
        assertThat(LinkQuality.score(millis)).isEqualTo(score);
        assertThat(LinkQuality.level(score)).isEqualTo(level);
    }
}
