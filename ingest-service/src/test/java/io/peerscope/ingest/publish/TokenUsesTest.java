package io.peerscope.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.security.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenUsesTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private record Told(String token, TokenUse use) {}

    private final List<Told> told = new ArrayList<>();
    private Instant now = START;
    private final TokenUses uses =
            new TokenUses((token, use) -> told.add(new Told(token, use)), Duration.ofMinutes(1), () -> now);

    @Test
    void aTokenIsToldOnceAMinuteHoweverOftenItIsUsed() {
        for (int second = 0; second < 150; second++) {
            now = START.plusSeconds(second);
            uses.note("busy");
            uses.note("busy");
        }

        assertThat(told)
                .containsExactly(
                        new Told("busy", new TokenUse(START)),
                        new Told("busy", new TokenUse(START.plusSeconds(60))),
                        new Told("busy", new TokenUse(START.plusSeconds(120))));
    }

    @Test
    void eachTokenHasItsOwnPause() {
        uses.note("a");
        now = START.plusSeconds(30);
        uses.note("b");
        now = START.plusSeconds(60);
        uses.note("a");
        uses.note("b");

        assertThat(told).extracting(Told::token).containsExactly("a", "b", "a");
    }

    @Test
    void aClockThatWasSetBackHoldsNothingUp() {
        uses.note("a");
        uses.note("gone");
        now = START.minus(Duration.ofDays(1));
        uses.note("a");

        assertThat(told)
                .containsExactly(
                        new Told("a", new TokenUse(START)),
                        new Told("gone", new TokenUse(START)),
                        new Told("a", new TokenUse(now)));
        assertThat(uses.size()).isEqualTo(1);
    }

    @Test
    void tokensThatAreNotUsedAnyMoreAreForgotten() {
        for (int i = 0; i < 1000; i++) {
            uses.note("gone-" + i);
        }
        now = START.plusSeconds(61);
        uses.note("here");

        assertThat(uses.size()).isEqualTo(1);
    }
}
