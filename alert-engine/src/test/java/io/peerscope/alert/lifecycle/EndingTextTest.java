package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static io.peerscope.contracts.alert.AlertCommand.Action.ACKNOWLEDGE;
import static io.peerscope.contracts.alert.AlertCommand.Action.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import org.junit.jupiter.api.Test;

/** What an alert says of itself once it is over must be true then. */
class EndingTextTest {
    private static final String ABOVE = "'id':'cpu','metric':'cpu_usage','warning':90,"
            + "'summary':'CPU of {{host}} above {{threshold}} %: {{value}} %'";

    @Test
    void theEndKeepsTheValueThatFiredAndSaysWhatItIsBackTo() {
        Life life = new Life(terms(ABOVE)).sample(0, 95.5).sample(5, 98).sample(10, 36);
        assertThat(life.lastAlert())
                .returns("CPU of h1 above 90 %: 95.5 %; back to 36 % after 10 s", Alert::summary)
                .returns(36.0, Alert::value)
                .returns(90.0, Alert::threshold);
    }

    @Test
    void anAlertThatOnlyKeepsFiringStillTellsWhatBrokeTheLimit() {
        Life life = new Life(terms(ABOVE, "'keep_firing_for':60"))
                .sample(0, 95)
                .sample(5, 36)
                .command(ACKNOWLEDGE, 6);
        assertThat(life.lastAlert().summary()).isEqualTo("CPU of h1 above 90 %: 95 %");
    }

    @Test
    void closedByHandWhileTheLimitIsStillBrokenIsNotBackToAnything() {
        Life life = new Life(terms(ABOVE)).sample(0, 95).sample(5, 96).command(RESOLVE, 6);
        assertThat(life.lastAlert().summary()).isEqualTo("CPU of h1 above 90 %: 95 %; resolved");
    }

    @Test
    void aRemovedRuleEndsItsAlertWithoutSayingThatAllIsWell() {
        Life life = new Life(terms(ABOVE)).sample(0, 95).ruleBecomes(null, 3);
        assertThat(life.lastAlert().summary()).isEqualTo("CPU of h1 above 90 %: 95 %; resolved");
    }

    @Test
    void theUnitIsTheOneOfTheSummaryAndOtherWordsAreNone() {
        assertThat(ended("'summary':'Latency {{value}} ms for a minute'")).endsWith("minute; back to 36 ms after 5 s");
        assertThat(ended("'summary':'at {{value}} for five minutes'")).endsWith("; back to 36 after 5 s");
        assertThat(ended("'summary':'{{value}} sessions'")).isEqualTo("95 sessions; back to 36 after 5 s");
        assertThat(ended("'summary':'too hot'")).isEqualTo("too hot; back to 36 after 5 s");
        assertThat(ended("'labels':{}")).isEmpty();
    }

    @Test
    void bracketsInWhichNothingStandsAreLeftOut() {
        assertThat(ended("'summary':'{{host}} is {{state}} ({{evidence}})','labels':{'state':'silent'}"))
                .isEqualTo("h1 is silent; back to 36 after 5 s");
        assertThat(ended("'summary':'{{host}} is silent ({{evidence}})','labels':{'evidence':'h2'}"))
                .isEqualTo("h1 is silent (h2); back to 36 after 5 s");
    }

    @Test
    void howLongItLastedIsSaid() {
        Life minutes = new Life(terms(ABOVE, "'duration':60"));
        for (int second = 0; second < 750; second += 10) {
            minutes.sample(second, 95);
        }
        assertThat(minutes.sample(750, 36).lastAlert().summary()).endsWith("; back to 36 % after 12.5 minutes");
    }

    private static String ended(String field) {
        return new Life(terms("'id':'cpu','metric':'cpu_usage','warning':90", field))
                .sample(0, 95)
                .sample(5, 36)
                .lastAlert()
                .summary();
    }
}
