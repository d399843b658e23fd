package io.peerscope.contracts.link;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well a link serves. The score is 100 · L · P · J, each factor from 1 (as good as it gets) towards 0:
 *
 * <pre>
 * L = exp(-(latency_ms - 20) / 250), 1 up to 20 ms
 * P = exp(-packet_loss / 5)          packet_loss in percent
 * J = exp(-jitter_ms / 100)
 * </pre>
 *
 * A factor that nobody measures is left out; with none the quality is unknown. Of two ends the worse value of each
 * measure counts. A link that an end says is down has the score 0.
 */
public record LinkQuality(double score, QualityLevel level) {
    private static final double UNNOTICED_MS = 20;
    private static final double LATENCY_SCALE_MS = 250;
    private static final double LOSS_SCALE_PERCENT = 5;
    private static final double JITTER_SCALE_MS = 100;

    /** Of a link that is down. */
    public static final LinkQuality DOWN = new LinkQuality(0, QualityLevel.UNUSABLE);

    public static Optional<LinkQuality> of(
            @Nullable Double latencyMs, @Nullable Double lossPercent, @Nullable Double jitterMs) {
        if (latencyMs == null && lossPercent == null && jitterMs == null) {
            return Optional.empty();
        }
        double score = 100
                * fall(latencyMs, UNNOTICED_MS, LATENCY_SCALE_MS)
                * fall(lossPercent, 0, LOSS_SCALE_PERCENT)
                * fall(jitterMs, 0, JITTER_SCALE_MS);
        double shown = Math.round(score * 10) / 10.0;
        return Optional.of(new LinkQuality(shown, QualityLevel.of(shown)));
    }

    private static double fall(@Nullable Double value, double free, double scale) {
        return value == null ? 1 : Math.exp(-Math.max(0, value - free) / scale);
    }
}
