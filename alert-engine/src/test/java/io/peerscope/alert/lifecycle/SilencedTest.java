package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static io.peerscope.contracts.alert.AlertCommand.Action.ACKNOWLEDGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.AlertEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A silence is noted on the alert and in its events, and moves nothing. */
class SilencedTest {
    private final Life life = new Life(terms("'id':'cpu','metric':'cpu_usage','warning':80,'critical':90"));

    @Test
    void whatBeginsUnderASilenceSaysSo() {
        life.silence(0, 100).sample(1, 85).sample(5, 95).sample(10, 10);
        assertThat(life.told()).containsExactly("firing@1 warning", "severity_changed@5 critical", "resolved@10");
        assertThat(silencedBy()).containsExactly("s1", "s1", "s1");
    }

    @Test
    void aSilenceThatBeginsAndEndsIsToldOnce() {
        life.sample(1, 85).silence(5, 20).silencesTurn(6).command(ACKNOWLEDGE, 7);
        life.silencesTurn(20).silencesTurn(21).sample(30, 10);
        assertThat(life.told())
                .containsExactly(
                        "firing@1 warning",
                        "silenced@5 warning",
                        "acknowledged@7 warning",
                        "unsilenced@20 warning",
                        "resolved@30");
        assertThat(silencedBy()).containsExactly(null, "s1", "s1", null, null);
        assertThat(life.events).extracting(AlertEvent::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void whatIsQuietIsNotSilenced() {
        life.sample(1, 10).silence(2, 20).silencesTurn(20);
        assertThat(life.told()).isEmpty();
    }

    private List<@Nullable String> silencedBy() {
        return life.events.stream().map(event -> event.data().silencedBy()).toList();
    }
}
