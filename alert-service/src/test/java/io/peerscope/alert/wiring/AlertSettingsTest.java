package io.peerscope.alert.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertSettingsTest {
    private static AlertSettings settings(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withMapping(AlertSettings.class)
                .withDefaultValues(keys)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(AlertSettings.class);
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        assertThat(settings(Map.of()).toConfig()).isEqualTo(EvaluationConfig.defaults());
        assertThat(settings(Map.of()).commitInterval()).isEqualTo(Duration.ofMillis(30));
    }

    @ParameterizedTest
    @CsvSource({"stale-after,2m", "max-alert-age,2h", "grace,1s", "forget-after,2d"})
    void everyKeyArrives(String key, String text) {
        assertThat(settings(Map.of("peerscope.alert." + key, text)).toConfig())
                .isNotEqualTo(EvaluationConfig.defaults());
    }

    @ParameterizedTest
    @CsvSource({"stale-after,1s", "max-alert-age,0s", "grace,-1s", "forget-after,1m"})
    void whatMakesNoSenseIsRefusedByName(String key, String text) {
        AlertSettings wrong = settings(Map.of("peerscope.alert." + key, text));
        assertThatThrownBy(wrong::toConfig)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peerscope.alert." + key);
    }
}
