package io.peerscope.alert.evaluation;

import java.time.Duration;

/**
 * @param staleAfter samples further apart than this prove nothing about the time between; at least twice the slowest
 *     sender's interval, or its pending alerts never fire
 * @param maxAlertAge what became true longer ago is not told
 * @param grace how long the clock waits for samples that are under way before it decides by itself
 * @param forgetAfter a quiet subject without samples for so long is forgotten; late points up to this age are recognised
 */
public record EvaluationConfig(Duration staleAfter, Duration maxAlertAge, Duration grace, Duration forgetAfter) {

    public EvaluationConfig {
        require(
                staleAfter.compareTo(Duration.ofSeconds(20)) >= 0,
                "stale-after must be at least 20 s, was ",
                staleAfter);
        require(maxAlertAge.isPositive(), "max-alert-age must be positive, was ", maxAlertAge);
        require(!grace.isNegative(), "grace must not be negative, was ", grace);
        require(forgetAfter.compareTo(staleAfter) >= 0, "forget-after must be at least stale-after, was ", forgetAfter);
    }

    public static EvaluationConfig defaults() {
        return new EvaluationConfig(
                Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofMillis(500), Duration.ofHours(24));
    }

    private static void require(boolean holds, String message, Duration value) {
        if (!holds) {
            throw new IllegalArgumentException("peerscope.alert." + message + value);
        }
    }
}
