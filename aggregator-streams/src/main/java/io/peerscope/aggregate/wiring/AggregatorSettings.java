package io.peerscope.aggregate.wiring;

import io.peerscope.aggregate.live.LiveConfig;
import io.peerscope.aggregate.window.WindowConfig;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code peerscope.aggregator.*}; meaning and limits are those of {@link WindowConfig} and {@link LiveConfig}. */
@ConfigMapping(prefix = "peerscope.aggregator")
public interface AggregatorSettings {
    /** Stream threads; more than there are partitions are idle. */
    @WithDefault("1")
    int threads();

    Window window();

    Silence silence();

    Live live();

    @WithDefault("24h")
    Duration leftAfter();

    @WithDefault("7d")
    Duration forgottenAfter();

    /** {@code peerscope.aggregator.window.*}. */
    interface Window {
        @WithDefault(MinuteWindow.GRACE)
        Duration grace();

        @WithDefault("33554432")
        int maxBytes();

        @WithDefault("5")
        int idleSeconds();
    }

    /** {@code peerscope.aggregator.silence.*}. */
    interface Silence {
        @WithDefault("3")
        double factor();

        @WithDefault("5s")
        Duration grace();
    }

    /** {@code peerscope.aggregator.live.*}. */
    interface Live {
        @WithDefault("512")
        int maxFields();

        @WithDefault("256")
        int maxMaps();

        @WithDefault("1024")
        int maxLinks();
    }

    default WindowConfig windowConfig() {
        return new WindowConfig(window().grace(), window().maxBytes(), window().idleSeconds());
    }

    default LiveConfig liveConfig() {
        return new LiveConfig(
                silence().factor(),
                silence().grace(),
                leftAfter(),
                forgottenAfter(),
                live().maxFields(),
                live().maxMaps(),
                live().maxLinks());
    }
}
