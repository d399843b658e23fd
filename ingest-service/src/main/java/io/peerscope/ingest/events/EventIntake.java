package io.peerscope.ingest.events;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.RefusedException;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import io.peerscope.ingest.intake.IntakeMeter;
import io.peerscope.ingest.intake.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes events in: judges them, makes them durable, and only then says so. */
public final class EventIntake {
    private final EventAdmission admission;
    private final EventLog log;
    private final IntakeMeter meter;

    /** @param limits of which {@code keptRaw} is how old an event may be */
    public EventIntake(MetricCatalogue catalogue, ClockSkew skew, Limits limits, EventLog log, IntakeMeter meter) {
        this.admission = new EventAdmission(catalogue, skew, limits);
        this.log = log;
        this.meter = meter;
    }

    CompletionStage<Reply> submit(EventDraft.Batch batch, Sender sender, long receivedAt) {
        int sent = batch.events().size();
        EventAdmission.Verdict verdict;
        try {
            verdict = admission.judge(batch, sender, receivedAt);
        } catch (RefusedException refused) {
            meter.events(IntakeMeter.Events.REJECTED, sent);
            return CompletableFuture.completedStage(new Reply.Refused(refused.code(), refused.detail(), List.of()));
        }
        int rejected = sent - verdict.accepted();
        meter.events(IntakeMeter.Events.REJECTED, rejected);
        if (verdict.events().isEmpty() && verdict.first() != null) {
            return CompletableFuture.completedStage(
                    new Reply.Refused(verdict.first(), "no event of the request is valid", verdict.faults()));
        }
        return log.append(verdict.events()).thenApply(outcome -> switch (outcome) {
            case Outcome.Durable durable -> {
                meter.events(IntakeMeter.Events.DURABLE, verdict.accepted());
                yield new Reply.Accepted(
                        verdict.accepted(),
                        rejected,
                        new Reply.Items(sent, rejected, -1),
                        false,
                        List.of(),
                        verdict.faults());
            }
            case Outcome.Unconfirmed unconfirmed -> {
                meter.events(IntakeMeter.Events.UNCONFIRMED, verdict.accepted());
                yield new Reply.Refused(
                        ErrorCode.KAFKA_UNAVAILABLE,
                        "the events could not be made durable; send them again",
                        List.of());
            }
        });
    }
}
