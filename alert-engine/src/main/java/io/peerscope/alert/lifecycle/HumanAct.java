package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.rule.NoData;
import java.util.Objects;

/** What people do to an alert they were told of. A wish that is fulfilled already, or too late, does nothing. */
record HumanAct(Telling telling) {

    AlertState apply(AlertState.Open open, AlertCommand command) {
        if (open.episode().told().nothing()) {
            return open;
        }
        Marks marks = open.episode().marks();
        Marks noted = marks.with(command.assignee(), command.notes());
        long at = command.at().toEpochMilli();
        return switch (command.action()) {
            case ACKNOWLEDGE ->
                command.by().equals(marks.acknowledgedBy()) && noted.equals(marks)
                        ? open
                        : act(open, noted.acknowledged(command.by(), command.at()), AlertTransition.ACKNOWLEDGED, at);
            case OPEN ->
                marks.acknowledgedBy() == null
                        ? open
                        : act(open, noted.unacknowledged(), AlertTransition.UNACKNOWLEDGED, at);
            case ASSIGN ->
                noted.equals(marks)
                        ? open
                        : act(
                                open,
                                noted,
                                Objects.equals(noted.assignee(), marks.assignee())
                                        ? AlertTransition.NOTED
                                        : AlertTransition.ASSIGNED,
                                at);
            case RESOLVE -> {
                AlertState.Open marked = open.with(open.episode().marked(noted));
                yield new AlertState.Muted(telling.end(marked, at, Reason.BY_HAND), open.last());
            }
        };
    }

    /**
     * Takes back that it was resolved by hand, while its newest sample still breaks a limit, or it still sends nothing. Of
     * the severities it is known to have, it fires at once; worse ones must be held first.
     */
    AlertState reopen(Terms terms, AlertState.Muted muted, AlertCommand command) {
        Told told = muted.episode().told();
        Severity known = told.severity();
        Sample last = muted.last();
        boolean silent = told.status() == AlertStatus.NO_DATA && terms.rule().noData() == NoData.ALERT;
        if (told.begins() || known == null || !silent && !terms.breaksAny(last.value())) {
            return muted;
        }
        Marks marks = muted.episode().marks().with(command.assignee(), command.notes());
        Episode episode = muted.episode().marked(marks.unacknowledged());
        Levels levels = Levels.again(terms, known, last);
        return telling.reopened(
                silent
                        ? new AlertState.Silent(episode, levels.firing(), last)
                        : new AlertState.Firing(episode, levels, last),
                command.at().toEpochMilli());
    }

    private AlertState act(AlertState.Open open, Marks marks, AlertTransition transition, long at) {
        return telling.act(open.with(open.episode().marked(marks)), transition, at);
    }
}
