package io.peerscope.ingest.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.otlp.OtlpProtocol;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestSettingsTest {
    private static IngestSettings settings(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(IngestSettings.class)
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build();
        return config.getConfigMapping(IngestSettings.class);
    }

    private static List<Object> all(IngestSettings settings) {
        return List.of(
                settings.limits(),
                settings.httpLimits(),
                settings.otlpBody(),
                settings.maxInFlight().asLongValue(),
                settings.rememberedBatches(),
                settings.rememberedHosts(),
                settings.notice(),
                settings.drain());
    }

    @Test
    void defaultsAreTheDocumentedLimits() {
        IngestSettings settings = settings(Map.of());

        assertThat(settings.limits()).isEqualTo(Limits.standard());
        assertThat(settings.httpLimits()).isEqualTo(HttpLimits.standard());
        assertThat(settings.otlpBody()).isEqualTo(OtlpProtocol.RECOMMENDED_BODY);
        assertThat(settings.maxInFlight().asLongValue()).isEqualTo(64 << 20);
    }

    @Test
    void whatPeopleChangeHoldsOverTheConfiguration() {
        IngestSettings settings = settings(Map.of("peerscope.ingest.raw-retention", "6h"));

        assertThat(settings.limits(Map.of()).keptRaw()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.limits(Map.of(Setting.RETENTION_RAW, 48.0)).keptRaw())
                .isEqualTo(Duration.ofHours(48));
    }

    @ParameterizedTest
    @CsvSource({
        "max-body, 1M",
        "max-otlp-body, 1M",
        "max-points, 5",
        "raw-retention, 1h",
        "max-ahead, 2m",
        "max-in-flight, 1M",
        "body-timeout, 1s",
        "deadline, 1s",
        "remembered-batches, 5",
        "remembered-hosts, 5",
        "notice, 5s",
        "drain, 1s"
    })
    void everyKeyArrives(String key, String value) {
        assertThat(all(settings(Map.of("peerscope.ingest." + key, value)))).isNotEqualTo(all(settings(Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "max-points, 0",
        "raw-retention, 0s",
        "max-body, 0",
        "max-otlp-body, 3G",
        "deadline, 0s",
        "max-ahead, -1s"
    })
    void whatCannotWorkIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> all(settings(Map.of("peerscope.ingest." + key, value))))
                .hasMessageContaining(key);
    }

    @Test
    void aMisspeltKeyIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("peerscope.ingest.max-pionts", "5")))
                .hasMessageContaining("max-pionts");
    }
}
