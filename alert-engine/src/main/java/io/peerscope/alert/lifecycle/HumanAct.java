package io.peerscope.alert.lifecycle;

import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertTransition;
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

    private AlertState act(AlertState.Open open, Marks marks, AlertTransition transition, long at) {
        return telling.act(open.with(open.episode().marked(marks)), transition, at);
    }
}
