package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.AlertCommand;
import org.junit.jupiter.api.Test;

class RuleChangeTest {
    private static final String ID = "'id':'cpu','metric':'cpu_usage'";
    private static final String SLOW = "'warning':80,'critical':90,'duration':30";

    private final Life life = new Life(terms(ID, SLOW));

    @Test
    void aFiringAlertGoesOnIfItStillBreaches() {
        life.sample(0, 85).sample(30, 85).ruleBecomes(terms(ID, "'version':2,'warning':82,'duration':300"), 31);
        life.sample(35, 85).sample(40, 81);
        assertThat(life.told()).containsExactly("pending@0 warning", "firing@30 warning", "resolved@40");
        assertThat(life.lastAlert().ruleVersion()).isEqualTo(2);
    }

    @Test
    void aFiringAlertEndsIfItNoLongerBreaches() {
        life.sample(0, 85)
                .sample(30, 85)
                .ruleBecomes(terms(ID, "'version':2,'warning':86"), 31)
                .sample(35, 85);
        assertThat(life.told()).containsExactly("pending@0 warning", "firing@30 warning", "resolved@31 rule_changed");
        assertThat(life.lastAlert().ruleVersion())
                .as("of the rule that raised it")
                .isEqualTo(1);
    }

    @Test
    void aFiringAlertTakesTheSeverityOfTheNewLimits() {
        life.sample(0, 95).sample(30, 95).ruleBecomes(terms(ID, "'warning':80,'critical':99,'duration':30"), 31);
        assertThat(life.told()).last().isEqualTo("severity_changed@31 warning rule_changed");
        life.ruleBecomes(terms(ID, "'info':10,'critical':94,'duration':30"), 32);
        assertThat(life.told()).last().isEqualTo("severity_changed@32 info rule_changed");
    }

    @Test
    void theOnlyLimitLeftGoesOnFiringWhateverItsSeverity() {
        life.sample(0, 85).sample(30, 85).ruleBecomes(terms(ID, "'critical':84,'duration':30"), 31);
        assertThat(life.told()).last().isEqualTo("severity_changed@31 critical rule_changed");
    }

    @Test
    void aPendingAlertKeepsItsBeginning() {
        life.sample(0, 85)
                .sample(20, 85)
                .ruleBecomes(terms(ID, "'warning':82,'duration':40"), 21)
                .sample(40, 85);
        assertThat(life.told()).containsExactly("pending@0 warning", "firing@40 warning");
    }

    @Test
    void aShorterDurationMayBeOverAlready() {
        life.sample(0, 85).sample(20, 85).ruleBecomes(terms(ID, "'warning':82,'duration':10"), 21);
        assertThat(life.told()).containsExactly("pending@0 warning", "firing@10 warning");
    }

    @Test
    void aPendingAlertIsDroppedIfItNoLongerBreaches() {
        life.sample(0, 85)
                .ruleBecomes(terms(ID, "'warning':86,'duration':30"), 1)
                .sample(30, 85);
        assertThat(life.told()).containsExactly("pending@0 warning", "dropped@1 rule_changed");
    }

    @Test
    void noAlertOutlivesItsRule() {
        life.sample(0, 85).sample(30, 85).ruleBecomes(null, 31);
        assertThat(life.told()).last().isEqualTo("resolved@31 rule_removed");
        assertThat(life.state()).isInstanceOf(AlertState.Quiet.class);
    }

    @Test
    void aRuleThatLooksElsewhereEndsTheAlert() {
        life.sample(0, 85).sample(30, 85).ruleBecomes(terms(ID, SLOW, "'where':{'host':'h2*'}"), 31);
        assertThat(life.told()).last().isEqualTo("resolved@31 rule_changed");
    }

    @Test
    void aRuleThatNoLongerMindsSilenceEndsTheSilence() {
        Life silent = new Life(terms(ID, "'warning':80,'no_data':'alert','no_data_after':30"));
        silent.sample(0, 10).fallsSilent(31).ruleBecomes(terms(ID, "'warning':80"), 40);
        assertThat(silent.told()).containsExactly("no_data@30 warning", "resolved@40 rule_changed");
    }

    @Test
    void whatAPersonClosedStaysClosed() {
        life.sample(0, 85).sample(30, 85).command(AlertCommand.Action.RESOLVE, 31);
        life.ruleBecomes(terms(ID, "'warning':70"), 32).sample(35, 85);
        assertThat(life.told()).last().isEqualTo("resolved@31 by_hand");
    }

    @Test
    void whatFiredBeforeItFellSilentGoesOnWhenSilenceIsNoAlertAnyMore() {
        Life silent = new Life(terms(ID, "'warning':80,'no_data':'alert','no_data_after':30"));
        silent.sample(0, 85).tick(31).ruleBecomes(terms(ID, "'warning':80,'no_data':'keep'"), 40);
        assertThat(silent.state()).isInstanceOf(AlertState.Firing.class);
        silent.sample(60, 86).sample(65, 70);
        assertThat(silent.told())
                .containsExactly(
                        "firing@0 warning",
                        "no_data@30 warning",
                        "severity_changed@40 warning rule_changed",
                        "resolved@65");
    }
}
