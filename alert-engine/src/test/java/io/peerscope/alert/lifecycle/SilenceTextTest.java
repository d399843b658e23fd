package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static io.peerscope.contracts.alert.AlertCommand.Action.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a subject that sends nothing: never a value that nobody knows. */
class SilenceTextTest {
    private static final String MUTE =
            "'id':'cpu','metric':'cpu_usage','warning':90,'no_data':'alert','no_data_after':30";
    private static final String RULE = MUTE + ",'summary':'CPU of {{host}} at {{value}} % (limit {{threshold}} %)'";

    private static List<String> said(Life life) {
        return life.events.stream().map(event -> event.data().summary()).toList();
    }

    @Test
    void aSilenceOfWhichNothingElseIsKnownSaysSinceWhen() {
        Life life = new Life(terms(RULE)).sample(0, 36).fallsSilent(30).sample(45, 40);
        assertThat(said(life))
                .containsExactly(
                        "No data of cpu_usage from h1 since 1970-01-01T00:00:00Z",
                        "No data of cpu_usage from h1 since 1970-01-01T00:00:00Z; data is back");
        assertThat(life.lastAlert()).returns(null, Alert::value);
    }

    @Test
    void aRuleWithoutASummarySaysItToo() {
        Life life = new Life(terms(MUTE)).sample(0, 36).fallsSilent(30);
        assertThat(said(life)).containsExactly("No data of cpu_usage from h1 since 1970-01-01T00:00:00Z");
    }

    @Test
    void whatFiredBeforeIsStillSaid() {
        Life life = new Life(terms(RULE)).sample(0, 95).sample(5, 97.5).tick(35).sample(45, 20);
        assertThat(said(life))
                .containsExactly(
                        "CPU of h1 at 95 % (limit 90 %)",
                        "CPU of h1 at 95 % (limit 90 %); no data since 1970-01-01T00:00:05Z",
                        "CPU of h1 at 95 % (limit 90 %); back to 20 % after 0.8 minutes");
    }

    @Test
    void closedByHandOrWithItsRuleTheDataAreNotBack() {
        assertThat(new Life(terms(RULE))
                        .sample(0, 36)
                        .fallsSilent(30)
                        .command(RESOLVE, 40)
                        .lastAlert()
                        .summary())
                .isEqualTo("No data of cpu_usage from h1 since 1970-01-01T00:00:00Z; resolved");
        assertThat(new Life(terms(RULE))
                        .sample(0, 36)
                        .fallsSilent(30)
                        .ruleBecomes(null, 40)
                        .lastAlert()
                        .summary())
                .endsWith("; resolved");
    }
}
