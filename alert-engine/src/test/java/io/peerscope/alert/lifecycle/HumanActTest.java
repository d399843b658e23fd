package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static io.peerscope.contracts.alert.AlertCommand.Action.ACKNOWLEDGE;
import static io.peerscope.contracts.alert.AlertCommand.Action.ASSIGN;
import static io.peerscope.contracts.alert.AlertCommand.Action.OPEN;
import static io.peerscope.contracts.alert.AlertCommand.Action.RESOLVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import org.junit.jupiter.api.Test;

class HumanActTest {
    private final Life life = new Life(terms("'id':'cpu','metric':'cpu_usage','warning':80"));

    @Test
    void acknowledgedAlertsStillResolve() {
        life.sample(0, 85).command(ACKNOWLEDGE, 3).sample(5, 85).sample(10, 70);
        assertThat(life.told()).containsExactly("firing@0 warning", "acknowledged@3 warning", "resolved@10");
        assertThat(life.lastAlert().acknowledgedBy()).isEqualTo("ann");
        assertThat(life.lastAlert().resolutionNotes()).isEqualTo("note");
    }

    @Test
    void theSameWishTwiceIsOneEvent() {
        life.sample(0, 85)
                .command(ACKNOWLEDGE, 3)
                .command(ACKNOWLEDGE, 4)
                .command(ASSIGN, 5)
                .command(ASSIGN, 6);
        assertThat(life.told()).containsExactly("firing@0 warning", "acknowledged@3 warning", "assigned@5 warning");
        assertThat(life.lastAlert().assignee()).isEqualTo("bob");
    }

    @Test
    void notesAloneAreAnActOfTheirOwnAndCanBeTakenAway() {
        life.sample(0, 85).mark(3, null, "fan is dusty").mark(4, null, "fan is dusty");
        assertThat(life.told()).containsExactly("firing@0 warning", "noted@3 warning");
        assertThat(life.lastAlert().resolutionNotes()).isEqualTo("fan is dusty");

        life.mark(5, null, "");
        assertThat(life.lastAlert().resolutionNotes()).isNull();
    }

    @Test
    void nobodyCanBeAssigned() {
        life.sample(0, 85).mark(3, "bob", null).mark(4, "", null).mark(5, "", null);
        assertThat(life.told()).containsExactly("firing@0 warning", "assigned@3 warning", "assigned@4 warning");
        assertThat(life.lastAlert().assignee()).isNull();
    }

    @Test
    void anAcknowledgementCanBeTakenBackOnce() {
        life.sample(0, 85)
                .command(OPEN, 1)
                .command(ACKNOWLEDGE, 3)
                .command(OPEN, 4)
                .command(OPEN, 5);
        assertThat(life.told())
                .containsExactly("firing@0 warning", "acknowledged@3 warning", "unacknowledged@4 warning");
        assertThat(life.lastAlert().acknowledgedBy()).isNull();
    }

    @Test
    void resolvedByHandStaysQuietUntilTheConditionWasFalseOnce() {
        life.sample(0, 85)
                .command(RESOLVE, 3)
                .sample(5, 85)
                .command(RESOLVE, 6)
                .sample(10, 95)
                .tick(40);
        assertThat(life.told()).containsExactly("firing@0 warning", "resolved@3 by_hand");
        life.sample(45, 70).sample(50, 85);
        assertThat(life.told()).last().isEqualTo("firing@50 warning");
        assertThat(life.events.getLast().data().id())
                .isNotEqualTo(life.events.getFirst().data().id());
    }

    @Test
    void resolvedByHandEndsWithAGapToo() {
        life.sample(0, 85).command(RESOLVE, 3).sample(5, 85).sample(66, 85);
        assertThat(life.told()).last().isEqualTo("firing@66 warning");
    }

    @Test
    void whatWasResolvedByHandIsReopenedWhileTheConditionHolds() {
        life.sample(0, 85)
                .command(ACKNOWLEDGE, 1)
                .command(RESOLVE, 3)
                .sample(5, 86)
                .command(OPEN, 6);
        assertThat(life.told()).endsWith("resolved@3 by_hand", "reopened@6 warning");
        assertThat(life.lastAlert())
                .returns(AlertStatus.FIRING, Alert::status)
                .returns(86.0, Alert::value)
                .returns(null, Alert::resolvedAt)
                .returns(null, Alert::acknowledgedBy)
                .returns(life.events.getFirst().data().id(), Alert::id)
                .returns(life.events.getFirst().data().firedAt(), Alert::firedAt);
        life.command(OPEN, 7).sample(10, 70);
        assertThat(life.told()).endsWith("reopened@6 warning", "resolved@10");
    }

    @Test
    void whatHasMendedIsNotReopened() {
        life.sample(0, 85).command(RESOLVE, 3).sample(5, 70).command(OPEN, 6);
        life.sample(10, 85).sample(15, 70).command(OPEN, 16);
        assertThat(life.told())
                .containsExactly("firing@0 warning", "resolved@3 by_hand", "firing@10 warning", "resolved@15");
    }

    @Test
    void aPendingAlertThatWasDroppedByHandIsNotReopened() {
        Life slow = new Life(terms("'id':'cpu','metric':'cpu_usage','warning':80,'duration':30"));
        slow.sample(0, 85).command(RESOLVE, 3).sample(5, 85).command(OPEN, 6);
        assertThat(slow.told()).containsExactly("pending@0 warning", "dropped@3 by_hand");
    }

    @Test
    void aWorseSeverityHasToBeHeldAlsoAfterReopening() {
        Life slow = new Life(terms("'id':'cpu','metric':'cpu_usage','warning':80,'critical':90,'duration':30"));
        slow.sample(0, 85).sample(30, 85).command(RESOLVE, 31).sample(35, 95).command(OPEN, 36);
        slow.sample(50, 95).sample(65, 95);
        assertThat(slow.told()).endsWith("reopened@36 warning", "severity_changed@65 critical");
    }

    @Test
    void aSilenceThatWasResolvedByHandIsReopenedWhileItLasts() {
        Life silent =
                new Life(terms("'id':'cpu','metric':'cpu_usage','warning':80,'no_data':'alert','no_data_after':10"));
        silent.sample(0, 10)
                .fallsSilent(10)
                .command(RESOLVE, 12)
                .command(OPEN, 14)
                .sample(20, 10);
        assertThat(silent.told())
                .containsExactly(
                        "no_data@10 warning",
                        "resolved@12 by_hand",
                        "reopened@14 warning",
                        "resolved@20 data_returned");
    }
}
