package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.security.Principal;
import io.peerscope.foundation.trace.Span;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.consistency.StrongReads;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people do to alerts: a command to alert-service, and waiting until the alert shows it. */
public final class HumanActs {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A wish is usually fulfilled within; what two topics say is read by two threads. */
    private static final Duration MOMENT = Duration.ofMillis(500);

    private final LiveTables live;
    private final RecordWriter writer;
    private final AuditLog audit;
    private final QueryClock clock;
    private final StrongReads strong;

    public HumanActs(LiveTables live, RecordWriter writer, AuditLog audit, QueryClock clock, StrongReads strong) {
        this.live = live;
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
        this.strong = strong;
    }

    /** Returns the alert as it is then; where it is so already nothing is done. */
    Alert perform(Principal caller, Alert alert, AlertChange wanted, Span span) throws InterruptedException {
        if (fulfilled(wanted, caller.name(), alert) && marked(wanted, alert)) {
            return alert;
        }
        boolean over = alert.status() == AlertStatus.RESOLVED;
        if (over && wanted.wish() != AlertChange.Wish.OPEN) {
            throw new ProblemException(
                    ErrorCode.CONFLICT, "this alert is over, and an alert that is over stays as it is");
        }
        AlertCommand.Action action = action(wanted.wish(), alert);
        // milliseconds: what alert-service keeps of it
        AlertCommand command = new AlertCommand(
                action,
                alert.key(),
                alert.id(),
                caller.name(),
                clock.source().instant().truncatedTo(ChronoUnit.MILLIS),
                wanted.notes(),
                wanted.assignee());
        audit.record(
                caller,
                new AuditLog.Entry("alert." + action.word(), alert.id(), marks(alert), marks(action, wanted)),
                connection -> writer.write(Topic.ALERTS_COMMANDS, alert.host(), Json.encode(command), span.headers()));
        if (over) {
            return reopened(alert);
        }
        if (!live.await(() -> shown(alert.id(), wanted, caller.name()), PATIENCE)) {
            throw notYet();
        }
        return live.alert(alert.id()).orElse(alert);
    }

    /** Only alert-service knows whether the condition still holds; the wish is done with once it has read it. */
    private Alert reopened(Alert alert) throws InterruptedException {
        if (!live.await(() -> isOpen(alert.id()), MOMENT)) {
            awaitAlertService();
            live.await(() -> isOpen(alert.id()), MOMENT);
        }
        return live.alert(alert.id())
                .filter(now -> now.status() != AlertStatus.RESOLVED)
                .orElseThrow(
                        () -> new ProblemException(
                                ErrorCode.CONFLICT,
                                "this alert is over: only one that was resolved by hand, and whose condition still holds, is reopened"));
    }

    private void awaitAlertService() throws InterruptedException {
        try {
            if (!strong.await(Source.ALERTS, PATIENCE)) {
                throw notYet();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private boolean isOpen(String id) {
        return live.alert(id)
                .filter(now -> now.status() != AlertStatus.RESOLVED)
                .isPresent();
    }

    private static ProblemException notYet() {
        return ProblemException.later(
                ErrorCode.NOT_YET_CONSISTENT,
                "the wish was taken, but the alert does not show it yet",
                Duration.ofSeconds(2));
    }

    /** To open what nobody acknowledged is only to mark it, unless it was resolved. */
    private static AlertCommand.Action action(AlertChange.Wish wish, Alert alert) {
        return switch (wish) {
            case ACKNOWLEDGED -> AlertCommand.Action.ACKNOWLEDGE;
            case RESOLVED -> AlertCommand.Action.RESOLVE;
            case OPEN ->
                alert.acknowledgedBy() == null && alert.status() != AlertStatus.RESOLVED
                        ? AlertCommand.Action.ASSIGN
                        : AlertCommand.Action.OPEN;
            case MARKED -> AlertCommand.Action.ASSIGN;
        };
    }

    /** What ended by itself meanwhile does not get its marks any more. */
    private boolean shown(String id, AlertChange wanted, String by) {
        return live.alert(id)
                .filter(alert -> fulfilled(wanted, by, alert))
                .filter(alert -> wanted.wish() == AlertChange.Wish.RESOLVED || marked(wanted, alert))
                .isPresent();
    }

    private static boolean fulfilled(AlertChange wanted, String by, Alert alert) {
        return switch (wanted.wish()) {
            case ACKNOWLEDGED -> by.equals(alert.acknowledgedBy());
            case RESOLVED -> alert.status() == AlertStatus.RESOLVED;
            case OPEN -> alert.acknowledgedBy() == null && alert.status() != AlertStatus.RESOLVED;
            case MARKED -> true;
        };
    }

    private static boolean marked(AlertChange wanted, Alert alert) {
        return wanted.marked(alert.resolutionNotes(), alert.assignee());
    }

    private static Map<String, Object> marks(Alert alert) {
        Map<String, Object> marks = new LinkedHashMap<>();
        marks.put("status", alert.status());
        marks.put("acknowledged_by", alert.acknowledgedBy());
        marks.put("assignee", alert.assignee());
        marks.put("resolution_notes", alert.resolutionNotes());
        return marks;
    }

    private static Map<String, Object> marks(AlertCommand.Action action, AlertChange wanted) {
        Map<String, Object> marks = new LinkedHashMap<>();
        marks.put("wish", action.word());
        if (wanted.notes() != null) {
            marks.put("resolution_notes", wanted.notes());
        }
        if (wanted.assignee() != null) {
            marks.put("assignee", wanted.assignee());
        }
        return marks;
    }
}
