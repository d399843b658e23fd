package io.peerscope.aggregate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.window.WindowConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatorSettingsTest {
    private static AggregatorSettings settings(Map<String, String> keys) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(AggregatorSettings.class)
                .withDefaultValues(keys)
                .addDiscoveredConverters()
                .build();
        return config.getConfigMapping(AggregatorSettings.class);
    }

    @Test
    void defaultsAreTheDocumentedOnes() {
        AggregatorSettings defaults = settings(Map.of());
        assertThat(defaults.threads()).isEqualTo(1);
        assertThat(defaults.windowConfig()).isEqualTo(new WindowConfig(Duration.ofSeconds(10), 32 << 20, 5));
        assertThat(defaults.liveConfig())
                .isEqualTo(new LiveConfig(
                        3, Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofDays(7), 512, 256, 1024));
    }

    @ParameterizedTest
    @CsvSource({
        "window.grace,5s",
        "window.max-bytes,2000000",
        "window.idle-seconds,9",
        "silence.factor,4",
        "silence.grace,1s",
        "left-after,1h",
        "forgotten-after,2d",
        "live.max-fields,7",
        "live.max-maps,7",
        "live.max-links,7"
    })
    void everyKeyArrives(String key, String text) {
        AggregatorSettings changed = settings(Map.of("peerscope.aggregator." + key, text));
        AggregatorSettings defaults = settings(Map.of());
        assertThat(changed.windowConfig().equals(defaults.windowConfig())
                        && changed.liveConfig().equals(defaults.liveConfig()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"window.grace,-1s", "window.grace,2m", "silence.factor,0", "forgotten-after,1h", "live.max-maps,0"})
    void whatMakesNoSenseIsRefusedByName(String key, String text) {
        AggregatorSettings wrong = settings(Map.of("peerscope.aggregator." + key, text));
        assertThatThrownBy(() -> {
                    wrong.windowConfig();
                    wrong.liveConfig();
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("peerscope.aggregator." + key);
    }
}
