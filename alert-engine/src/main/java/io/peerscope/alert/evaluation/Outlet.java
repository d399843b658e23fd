package io.peerscope.alert.evaluation;

import io.peerscope.alert.group.Partial;
import io.peerscope.alert.group.Tally;
import io.peerscope.alert.lifecycle.AlertState;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.silence.Silence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an evaluation leaves what must survive it and what others are to know. All of one call belongs together: the
 * caller writes it in one transaction or not at all.
 */
public interface Outlet {
    /** @param rule null: there is none any more */
    void rule(String ruleId, @Nullable Rule rule);

    /** @param silence null: removed */
    void silence(String id, @Nullable Silence silence);

    /** @param state null: quiet again */
    void state(String alertKey, AlertState.@Nullable Kept state);

    /** @param times null: the subject is forgotten */
    void subject(String subjectKey, @Nullable SubjectTimes times);

    /** @param expectation null: it holds no more */
    void expectation(String key, @Nullable Expectation expectation);

    /** What this task counted for rules over many hosts, to where that is added up. */
    void counted(long at, List<Tally> tallies);

    /**
     * The newest that a task has counted.
     *
     * @param partial null: of that partition nothing stands any more
     */
    void partial(int partition, @Nullable Partial partial);

    void event(String alertKey, AlertEvent event);

    /** @param alert null: closed */
    void active(String alertKey, @Nullable Alert alert);
}
