package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static io.peerscope.contracts.alert.AlertCommand.Action.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.AlertEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alert that comes on for the third time within 100 s flaps until it has been calm for 40 s. */
class FlappingTest {
    private static final String RULE = "'id':'cpu','metric':'cpu_usage','warning':80,'critical':90";
    private static final String OFTEN = "'flapping':{'times':2,'within':100,'calm_for':40}";

    private final Life life = new Life(terms(RULE, OFTEN));

    @BeforeEach
    void twice() {
        life.sample(0, 85).sample(5, 10).sample(10, 85).sample(15, 10);
        assertThat(life.told()).containsExactly("firing@0 warning", "resolved@5", "firing@10 warning", "resolved@15");
        life.events.clear();
    }

    @Test
    void theThirdTimeItFlapsAndEachTimeIsStillOnRecord() {
        life.sample(20, 85).sample(25, 10).sample(30, 95).sample(35, 10);
        assertThat(life.told())
                .containsExactly(
                        "firing@20 warning", "flapping@20 warning", "resolved@25", "firing@30 critical", "resolved@35");
        assertThat(life.events)
                .allSatisfy(event -> assertThat(event.data().flapping()).isTrue());
    }

    @Test
    void calmAndOverItIsSteadyAndItsLastEpisodeSaysSo() {
        life.sample(20, 85).sample(25, 10).tick(64).restart().tick(65).tick(66);
        assertThat(life.told()).containsExactly("firing@20 warning", "flapping@20 warning", "resolved@25", "steady@65");
        AlertEvent end = life.events.getLast();
        assertThat(end.subject()).isEqualTo(life.events.getFirst().subject());
        assertThat(end.sequence()).isEqualTo(4);
        assertThat(end.data().flapping()).isFalse();
        assertThat(life.state()).isInstanceOf(AlertState.Quiet.class);
    }

    @Test
    void calmAndOnItIsSteadyAndGoesOnFiring() {
        life.sample(20, 85).sample(40, 85).sample(59, 85).tick(60).sample(70, 10);
        assertThat(life.told())
                .containsExactly("firing@20 warning", "flapping@20 warning", "steady@60 warning", "resolved@70");
        assertThat(life.lastAlert().flapping()).isFalse();
    }

    @Test
    void samplesAloneTellThatItWasCalm() {
        life.sample(20, 85).sample(25, 10).sample(66, 85);
        assertThat(life.told()).endsWith("resolved@25", "steady@65", "firing@66 warning");
    }

    @Test
    void whatBeginsSeldomDoesNotFlap() {
        life.sample(101, 85).sample(105, 10).sample(111, 85);
        assertThat(life.told()).containsExactly("firing@101 warning", "resolved@105", "firing@111 warning");
    }

    @Test
    void howOftenItCameOnIsForgottenInTheEnd() {
        life.tick(109);
        assertThat(life.state()).isInstanceOf(AlertState.Resting.class);
        life.tick(110);
        assertThat(life.state()).isInstanceOf(AlertState.Quiet.class);
    }

    @Test
    void aRemovedRuleLeavesNothingUnsaid() {
        life.sample(20, 85).ruleBecomes(null, 22);
        assertThat(life.told()).endsWith("resolved@22 rule_removed", "steady@22 rule_removed");
        assertThat(life.state()).isInstanceOf(AlertState.Quiet.class);
    }

    @Test
    void aRemovedRuleSaysHowItEndedLast() {
        life.sample(20, 85).sample(25, 10).ruleBecomes(null, 30);
        assertThat(life.told()).endsWith("resolved@25", "steady@30 rule_removed");
    }

    @Test
    void aRuleThatWatchesItNoMoreCallsItSteady() {
        life.sample(20, 85)
                .ruleBecomes(terms(RULE, "'version':2,'flapping':false"), 22)
                .sample(25, 10);
        life.sample(30, 85);
        assertThat(life.told()).endsWith("steady@22 warning rule_changed", "resolved@25", "firing@30 warning");
    }

    @Test
    void closedByHandItIsSteadyWhenItHasBeenCalm() {
        life.sample(20, 85)
                .command(RESOLVE, 22)
                .sample(40, 85)
                .sample(61, 85)
                .tick(62)
                .tick(63);
        assertThat(life.told()).endsWith("resolved@22 by_hand", "steady@62");
        assertThat(life.state()).isInstanceOf(AlertState.Muted.class);
    }

    @Test
    void aSilenceCountsAsABeginning() {
        Life silent =
                new Life(terms(RULE, "'no_data':'alert','no_data_after':10", "'flapping':{'times':1,'calm_for':30}"));
        silent.sample(0, 10).fallsSilent(10).sample(12, 10).fallsSilent(23);
        assertThat(silent.told())
                .containsExactly(
                        "no_data@10 warning", "resolved@12 data_returned", "no_data@22 warning", "flapping@22 warning");
    }
}
