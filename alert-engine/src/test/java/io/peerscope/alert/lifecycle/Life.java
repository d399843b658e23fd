package io.peerscope.alert.lifecycle;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads one alert through a life written in seconds and remembers what was told of it. */
final class Life {
    static final long STALE_AFTER = 60_000;
    private static final long MAX_AGE = 600_000;

    private long silentUntil = Long.MIN_VALUE;
    private final AlertMachine machine = new AlertMachine(
            STALE_AFTER, MAX_AGE, (alert, now) -> now < silentUntil ? Optional.of("s1") : Optional.empty());
    private final Subject subject = new Subject("h1", Subject.HOST, Labels.none());
    final List<AlertEvent> events = new ArrayList<>();
    private Terms terms;
    private AlertState state = new AlertState.Quiet();
    private long lastAt = Sample.NEVER;

    Life(Terms terms) {
        this.terms = terms;
    }

    AlertState state() {
        return state;
    }

    Life sample(long second, double value) {
        return sampleSeenAt(second, value, second);
    }

    Life sampleSeenAt(long second, double value, long nowSecond) {
        long at = second * 1000;
        if (at <= lastAt) {
            return this;
        }
        Sample sample = Sample.of(at, at, value, lastAt, STALE_AFTER);
        take(machine.sample(terms, subject, state, sample, false, nowSecond * 1000));
        lastAt = at;
        return this;
    }

    Life end(long second) {
        if (state instanceof AlertState.Kept kept) {
            take(machine.end(terms, kept, second * 1000, second * 1000));
        }
        lastAt = second * 1000;
        return this;
    }

    /** A tick with everything up to this second processed. */
    Life tick(long second) {
        long now = second * 1000;
        long silentFor = lastAt == Sample.NEVER ? 0 : now - lastAt;
        if (state instanceof AlertState.Kept kept) {
            take(machine.tick(terms, kept, now, silentFor, now));
        }
        return this;
    }

    /** What is kept goes through its written form. */
    Life restart() {
        if (state instanceof AlertState.Kept kept) {
            try {
                state = Json.mapper().readValue(Json.encode(kept), kept.getClass());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    Life fallsSilent(long second) {
        take(machine.silence(terms, state, subject, lastAt, false, second * 1000));
        return this;
    }

    Life ruleBecomes(@Nullable Terms after, long second) {
        if (state instanceof AlertState.Kept kept) {
            take(machine.ruleChanged(terms, after, kept, second * 1000, second * 1000));
        }
        terms = after == null ? terms : after;
        return this;
    }

    /** A silence that begins now. */
    Life silence(long second, long until) {
        silentUntil = until * 1000;
        return silencesTurn(second);
    }

    Life silencesTurn(long second) {
        if (state instanceof AlertState.Kept kept) {
            take(machine.silencesTurned(terms, kept, second * 1000));
        }
        return this;
    }

    Life command(AlertCommand.Action action, long second) {
        return command(action, second, action == AlertCommand.Action.ASSIGN ? "bob" : null, "note");
    }

    Life mark(long second, @Nullable String assignee, @Nullable String notes) {
        return command(AlertCommand.Action.ASSIGN, second, assignee, notes);
    }

    private Life command(AlertCommand.Action action, long second, @Nullable String assignee, @Nullable String notes) {
        if (state instanceof AlertState.Kept kept) {
            AlertCommand command = new AlertCommand(
                    action, "cpu|h1|host|", kept.episode().id(), "ann", Instant.ofEpochSecond(second), notes, assignee);
            take(machine.command(terms, kept, command, second * 1000));
        }
        return this;
    }

    Alert lastAlert() {
        return events.getLast().data();
    }

    /** {@code firing@30 warning}, {@code resolved@45 rule_removed} … */
    List<String> told() {
        return events.stream().map(Life::sentence).toList();
    }

    private static String sentence(AlertEvent event) {
        long millis = event.time().toEpochMilli();
        String time = millis % 1000 == 0 ? "" + millis / 1000 : millis / 1000 + "+";
        String end = event.data().status() == AlertStatus.RESOLVED
                ? ""
                : " " + event.data().severity().word();
        return event.transition().word() + "@" + time + end + (event.reason() == null ? "" : " " + event.reason());
    }

    private void take(Step step) {
        state = step.state();
        events.addAll(step.events());
    }
}
