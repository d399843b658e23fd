package io.peerscope.foundation.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** {@code peerscope.tracing.*}, the same for every service; meaning and limits are those of {@link TracingConfig}. */
@ConfigMapping(prefix = "peerscope.tracing")
public interface TracingSettings {
    /** Of a collector that speaks OTLP over HTTP, as {@code http://collector:4318}; without it nothing is traced. */
    Optional<String> endpoint();

    Map<String, String> headers();

    @WithDefault("0.001")
    double requests();

    @WithDefault("1")
    double alerts();

    @WithDefault("50")
    int atMost();

    default Optional<TracingConfig> toConfig() {
        return endpoint()
                .filter(url -> !url.isBlank())
                .map(url -> new TracingConfig(url, headers(), requests(), alerts(), atMost()));
    }
}
