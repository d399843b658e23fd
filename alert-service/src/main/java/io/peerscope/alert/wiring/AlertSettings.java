package io.peerscope.alert.wiring;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code peerscope.alert.*}; meaning and limits are those of {@link EvaluationConfig}. */
@ConfigMapping(prefix = "peerscope.alert")
public interface AlertSettings {
    @WithDefault("PT5M")
    Duration staleAfter();

    @WithDefault("PT1H")
    Duration maxAlertAge();

    @WithDefault("PT0.5S")
    Duration grace();

    @WithDefault("PT24H")
    Duration forgetAfter();

    /** Of many events, all but the first wait as long as this until they are visible; each commit costs a transaction. */
    @WithDefault("PT0.03S")
    Duration commitInterval();

    default EvaluationConfig toConfig() {
        return new EvaluationConfig(staleAfter(), maxAlertAge(), grace(), forgetAfter());
    }
}
