package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * From the door to the months: what hosts said in hours, however disordered, doubled, late and wrongly dated, stands in
 * every tier and every answer as it was said, though every process was killed meanwhile.
 */
@Tag("story")
@DisabledIfSystemProperty(
        named = "peerscope.test.containers",
        matches = "true",
        disabledReason = "nobody starts a killed container again")
final class WholeHistoryStoryTest {

    @Test
    void everyTierComesToWhatWasSent() throws Exception {
        new WholeHistory(
                        "whole",
                        new WholeHistory.Size(8, Duration.ofSeconds(40), Duration.ofMinutes(50), 1, 12, 1, false, true))
                .tell();
    }

    @Test
    @Tag("soak")
    void everyTierComesToWhatManyHostsSent() throws Exception {
        new WholeHistory(
                        "whole-soak",
                        new WholeHistory.Size(40, Duration.ofSeconds(15), Duration.ofHours(5), 4, 60, 3, true, true))
                .tell();
    }

    @Test
    void stretchesCoverTheTurnsOfDayAndMonth() {
        assertThat(WholeHistory.stretches(Duration.ofHours(1), Instant.parse("2026-11-01T00:20:00Z")))
                .allMatch(stretch -> stretch.from().isBefore(stretch.to()));
    }
}
