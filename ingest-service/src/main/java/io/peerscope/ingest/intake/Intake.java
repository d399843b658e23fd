package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Verdict;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Takes a batch in: admits it, makes it durable, and only then says so. A batch that is still on its way, or of which
 * nobody knows whether it arrived, is no duplicate and is written again.
 */
public final class Intake {
    private final Admission admission;
    private final BatchLog log;
    private final RecentBatches recent;
    private final Supplier<String> receipts;
    private final IntakeMeter meter;

    /**
     * @param remembered how many acknowledged batches are known again
     * @param receipts makes names that nobody can guess
     */
    public Intake(Admission admission, BatchLog log, int remembered, Supplier<String> receipts, IntakeMeter meter) {
        this.admission = admission;
        this.log = log;
        this.recent = new RecentBatches(remembered);
        this.receipts = receipts;
        this.meter = meter;
    }

    /**
     * Works on the caller's thread until the batch is handed over; the answer may come on another one.
     *
     * @param receivedAt epoch milliseconds
     */
    public CompletionStage<Reply> submit(Draft draft, Sender sender, long receivedAt) {
        int samples = draft.samples();
        meter.decoded(samples);
        Verdict verdict = admission.judge(draft, sender, receivedAt, receipts.get());
        return switch (verdict) {
            case Verdict.Refused refused -> {
                verdict.faults().byReason().forEach(meter::rejected);
                meter.refused(refused.code());
                yield CompletableFuture.completedStage(new Reply.Refused(
                        refused.code(), refused.detail(), refused.faults().details()));
            }
            case Verdict.Admitted admitted -> append(draft, admitted);
        };
    }

    private CompletionStage<Reply> append(Draft draft, Verdict.Admitted admitted) {
        Optional<RecentBatches.Key> key = draft.repeatable()
                ? Optional.of(new RecentBatches.Key(admitted.batch().host(), draft.batch(), draft.fingerprint()))
                : Optional.empty();
        Optional<RecentBatches.Acknowledged> before = key.flatMap(recent::find);
        if (before.isPresent()) {
            meter.duplicate(draft.samples());
            return CompletableFuture.completedStage(new Reply.Accepted(
                    before.get().accepted(),
                    before.get().rejected(),
                    true,
                    before.get().receipt(),
                    List.of()));
        }
        admitted.faults().byReason().forEach(meter::rejected);
        return log.append(admitted.batch()).thenApply(outcome -> answer(admitted, key, outcome));
    }

    private Reply answer(Verdict.Admitted admitted, Optional<RecentBatches.Key> key, Outcome outcome) {
        int rejected = admitted.faults().rejected();
        String receipt = admitted.batch().receipt();
        return switch (outcome) {
            case Outcome.Durable durable -> {
                meter.durable(admitted.accepted(), admitted.merged());
                key.ifPresent(k ->
                        recent.remember(k, new RecentBatches.Acknowledged(admitted.accepted(), rejected, receipt)));
                yield new Reply.Accepted(
                        admitted.accepted(),
                        rejected,
                        false,
                        receipt,
                        admitted.faults().details());
            }
            case Outcome.Unconfirmed unconfirmed -> {
                meter.unconfirmed(admitted.accepted());
                yield new Reply.Refused(
                        ErrorCode.KAFKA_UNAVAILABLE, "the batch could not be made durable; send it again", List.of());
            }
        };
    }
}
