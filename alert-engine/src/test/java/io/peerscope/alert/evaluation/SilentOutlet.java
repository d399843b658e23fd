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

/** Where nothing is kept. */
final class SilentOutlet implements Outlet {
    @Override
    public void rule(String ruleId, @Nullable Rule rule) {}

    @Override
    public void silence(String id, @Nullable Silence silence) {}

    @Override
    public void state(String alertKey, AlertState.@Nullable Kept state) {}

    @Override
    public void subject(String subjectKey, @Nullable SubjectTimes times) {}

    @Override
    public void expectation(String key, @Nullable Expectation expectation) {}

    @Override
    public void counted(long at, List<Tally> tallies) {}

    @Override
    public void partial(int partition, @Nullable Partial partial) {}

    @Override
    public void event(String alertKey, AlertEvent event) {}

    @Override
    public void active(String alertKey, @Nullable Alert alert) {}
}
