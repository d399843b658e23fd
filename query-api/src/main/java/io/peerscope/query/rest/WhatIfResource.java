package io.peerscope.query.rest;

import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.rehearsal.Rehearsal;
import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.notify.policy.ChannelRehearsal;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.detect.RehearsedExpectations;
import io.peerscope.query.detect.SeriesPast;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.live.AlertWords;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.RawHistory;
import io.peerscope.query.store.Retention;
import io.peerscope.query.store.StoredSeries;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Tries a rule on the stored past before it pages anyone. */
@Path("/api/v1/rules/what-if")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public final class WhatIfResource {
    /** Each keeps a processor busy for seconds. */
    private static final int AT_ONCE = 2;

    private static final Duration SOON = Duration.ofSeconds(5);
    /** Causes that began earlier are not looked for, nor more than so many. */
    private static final Duration STILL_ON = Duration.ofDays(7);

    private static final int MOST_CAUSES = 10_000;

    private final RawHistory history;
    private final SeriesPast series;
    private final MetricCatalogue catalogue;
    private final ControlTable<Channel> channels;
    private final ControlTable<Silence> silences;
    private final ControlTable<Inhibition> inhibitions;
    private final AlertReader told;
    private final Retention retention;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(AT_ONCE);

    public WhatIfResource(
            RawHistory history,
            StoredSeries series,
            KnownMetrics metrics,
            ControlTable<Channel> channels,
            ControlTable<Silence> silences,
            ControlTable<Inhibition> inhibitions,
            AlertReader told,
            Retention retention,
            QueryClock clock) {
        this.history = history;
        this.series = series;
        this.catalogue = metrics.catalogue();
        this.channels = channels;
        this.silences = silences;
        this.inhibitions = inhibitions;
        this.told = told;
        this.retention = retention;
        this.clock = clock.source();
    }

    /**
     * What the rule would have done.
     *
     * @param points how many points were judged, with those that filled windows before {@code from}
     * @param transitions as {@code alerts.events} would have brought them, in order
     * @param truncated whether there would have been more
     * @param messages what each channel, as it is now, would have been sent, by the policy that runs live
     */
    public record WhatIf(
            String ruleId,
            Instant from,
            Instant to,
            long points,
            List<AlertEvent> transitions,
            boolean truncated,
            List<Message> messages) {}

    /** Whom a channel would have heard of. */
    public record Message(Instant at, String channel, String type, List<Named> alerts) {}

    public record Named(String id, String host, String severity, String summary) {
        static Named of(Alert alert) {
            return new Named(alert.id(), alert.host(), alert.severity().word(), alert.summary());
        }
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Documents.YAML})
    @Needs(Role.OPERATOR)
    @Shows(Source.STORED)
    @Operation(
            summary = "What a rule would have done",
            description = "Runs the rule over stored samples with the evaluation that runs live, beginning with nothing"
                    + " known at `from` (by default a day before `to`). A rule that is switched off is tried as if"
                    + " it were on.")
    public WhatIf rehearse(byte @Nullable [] body, @Context ContainerRequestContext request)
            throws RuleInvalidException {
        Instant now = clock.instant();
        WhatIfRequest wanted = WhatIfRequest.read(Documents.read(body, request.getMediaType()), now);
        Instant since = retention.rawSince(now);
        if (wanted.from().isBefore(since.minusSeconds(1))) {
            throw new RangeTooWideException("single samples are kept since " + since + "; choose from not before that");
        }
        if (!free.tryAcquire()) {
            throw ProblemException.later(ErrorCode.OVERLOADED, "two rules are being tried at the moment", SOON);
        }
        try {
            return rehearse(wanted);
        } finally {
            free.release();
        }
    }

    private WhatIf rehearse(WhatIfRequest wanted) {
        Rule rule = wanted.rule();
        long to = wanted.to().toEpochMilli();
        Rehearsal rehearsal = new Rehearsal(
                rule, silences.all(), EvaluationConfig.defaults(), wanted.from().toEpochMilli());
        RehearsedExpectations expectations =
                new RehearsedExpectations(rule, series, catalogue, wanted.from(), wanted.to(), rehearsal::expectation);
        String host = rule.where().getOrDefault("host", "");
        long points = history.read(
                rule.kind(),
                host.contains("*") ? "" : host,
                new RawHistory.Content(rule.measure().metrics(), rule.measure().states()),
                Instant.ofEpochMilli(rehearsal.wantedFrom()),
                wanted.to(),
                point -> {
                    expectations.until(Instant.ofEpochMilli(point.timestamp()));
                    rehearsal.point(point);
                });
        Rehearsal.Outcome outcome = rehearsal.finish(to);
        return new WhatIf(
                rule.id(),
                wanted.from(),
                wanted.to(),
                points,
                outcome.events(),
                outcome.truncated(),
                messages(outcome.events(), wanted));
    }

    private List<Message> messages(List<AlertEvent> events, WhatIfRequest wanted) {
        List<Message> messages = new ArrayList<>();
        List<Alert> causes = causes(wanted);
        for (Channel channel : channels.all()) {
            ChannelRehearsal rehearsal =
                    new ChannelRehearsal(channel, inhibitions.all(), wanted.from()).besides(causes);
            events.forEach(rehearsal::hear);
            for (ChannelRehearsal.Message said : rehearsal.finish(wanted.to())) {
                messages.add(new Message(
                        said.at(),
                        channel.id(),
                        said.type().word(),
                        said.alerts().stream().map(Named::of).toList()));
            }
        }
        messages.sort(Comparator.comparing(Message::at).thenComparing(Message::channel));
        return messages;
    }

    /** Alerts of other rules that were on and kept others from being told. */
    private List<Alert> causes(WhatIfRequest wanted) {
        List<Inhibition> present = inhibitions.all();
        if (present.isEmpty()) {
            return List.of();
        }
        AlertReader.Filter then = new AlertReader.Filter(
                Optional.of(wanted.from().minus(STILL_ON)),
                Optional.of(wanted.to()),
                List.of(),
                Set.of(),
                Set.of(),
                List.of(),
                AlertWords.of(""));
        return told.list(then, 1, MOST_CAUSES).items().stream()
                .filter(alert -> !alert.ruleId().equals(wanted.rule().id()))
                .filter(alert ->
                        alert.resolvedAt() == null || alert.resolvedAt().isAfter(wanted.from()))
                .filter(alert -> present.stream().anyMatch(inhibition -> inhibition.isSource(alert)))
                .toList();
    }
}
