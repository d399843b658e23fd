package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.AuditLog;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What people do to alerts: a command to alert-service, and waiting until the alert shows it. */
public final class HumanActs {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LiveTables live;
    private final RecordWriter writer;
    private final AuditLog audit;
    private final QueryClock clock;

    public HumanActs(LiveTables live, RecordWriter writer, AuditLog audit, QueryClock clock) {
        this.live = live;
        this.writer = writer;
        this.audit = audit;
        this.clock = clock;
    }

    enum Wish {
        ACKNOWLEDGED(AlertCommand.Action.ACKNOWLEDGE),
        RESOLVED(AlertCommand.Action.RESOLVE),
        OPEN(AlertCommand.Action.OPEN),
        ASSIGNED(AlertCommand.Action.ASSIGN);

        private final AlertCommand.Action action;

        Wish(AlertCommand.Action action) {
            this.action = action;
        }

        static Optional<Wish> of(@Nullable String status, @Nullable String assignee) {
            return switch (status) {
                case "acknowledged" -> Optional.of(ACKNOWLEDGED);
                case "resolved" -> Optional.of(RESOLVED);
                case "open" -> Optional.of(OPEN);
                case null -> assignee == null ? Optional.empty() : Optional.of(ASSIGNED);
                default -> Optional.empty();
            };
        }
    }

    /** Returns the alert as it is then; where it is so already nothing is done. */
    Alert perform(Principal caller, Alert alert, Wish wish, @Nullable String notes, @Nullable String assignee)
            throws InterruptedException {
        Predicate<Alert> fulfilled = fulfilled(wish, caller.name(), notes, assignee);
        if (fulfilled.test(alert)) {
            return alert;
        }
        if (alert.status() == AlertStatus.RESOLVED) {
            throw new ProblemException(ErrorCode.CONFLICT, "this alert is over");
        }
        // milliseconds: what alert-service keeps of it
        AlertCommand command = new AlertCommand(
                wish.action,
                alert.key(),
                alert.id(),
                caller.name(),
                clock.source().instant().truncatedTo(ChronoUnit.MILLIS),
                notes,
                assignee);
        audit.record(
                caller,
                new AuditLog.Entry(
                        "alert." + wish.action.word(), alert.id(), marks(alert), marks(wish, notes, assignee)),
                connection -> writer.write(Topic.ALERTS_COMMANDS, alert.host(), Json.encode(command)));
        if (!live.await(() -> live.alert(alert.id()).filter(fulfilled).isPresent(), PATIENCE)) {
            throw ProblemException.later(
                    ErrorCode.NOT_YET_CONSISTENT,
                    "the wish was taken, but the alert does not show it yet",
                    Duration.ofSeconds(2));
        }
        return live.alert(alert.id()).orElse(alert);
    }

    private static Predicate<Alert> fulfilled(Wish wish, String by, @Nullable String notes, @Nullable String assignee) {
        Predicate<Alert> marked = alert -> (assignee == null || assignee.equals(alert.assignee()))
                && (notes == null || notes.equals(alert.resolutionNotes()));
        return switch (wish) {
            case ACKNOWLEDGED -> marked.and(alert -> by.equals(alert.acknowledgedBy()));
            case RESOLVED -> alert -> alert.status() == AlertStatus.RESOLVED;
            case OPEN -> alert -> alert.acknowledgedBy() == null && alert.status() != AlertStatus.RESOLVED;
            case ASSIGNED -> alert -> Objects.equals(assignee, alert.assignee());
        };
    }

    private static Map<String, Object> marks(Alert alert) {
        Map<String, Object> marks = new LinkedHashMap<>();
        marks.put("status", alert.status());
        marks.put("acknowledged_by", alert.acknowledgedBy());
        marks.put("assignee", alert.assignee());
        marks.put("resolution_notes", alert.resolutionNotes());
        return marks;
    }

    private static Map<String, Object> marks(Wish wish, @Nullable String notes, @Nullable String assignee) {
        Map<String, Object> marks = new LinkedHashMap<>();
        marks.put("wish", wish.action.word());
        if (notes != null) {
            marks.put("resolution_notes", notes);
        }
        if (assignee != null) {
            marks.put("assignee", assignee);
        }
        return marks;
    }
}
