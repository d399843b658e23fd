package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Verdict;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Takes a request in: admits its batches, makes them durable, and only then says so. A batch that is still on its way, or
 * of which nobody knows whether it arrived, is no duplicate and is written again.
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

    /** A batch and what becomes of it. */
    private record Judged(Draft draft, Verdict verdict) {}

    /** A batch that may come in, and by what it is known if it comes again. */
    private record Welcome(Draft draft, Verdict.Admitted verdict, Optional<RecentBatches.Key> key) {}

    /**
     * Works on the caller's thread until the batches are handed over; the answer may come on another one.
     *
     * @param receivedAt epoch milliseconds
     */
    public CompletionStage<Reply> submit(Decoded request, Sender sender, long receivedAt) {
        meter.understood(request.faults().rejected());
        List<Judged> judged = new ArrayList<>(request.drafts().size());
        for (Draft draft : request.drafts()) {
            meter.decoded(draft.samples());
            judged.add(new Judged(draft, admission.judge(draft, sender, receivedAt, receipts.get())));
        }
        Optional<Verdict.Refused> forAnother = sender instanceof Sender.OneHost ? mismatch(judged) : Optional.empty();
        if (forAnother.isPresent()) {
            return completed(refuseAll(request, forAnother.get()));
        }
        Faults faults = new Faults();
        faults.add(request.faults());
        request.faults().byReason().forEach(meter::rejected);
        List<Welcome> welcome = new ArrayList<>(judged.size());
        for (Judged batch : judged) {
            faults.add(batch.verdict().faults());
            switch (batch.verdict()) {
                case Verdict.Refused refused -> {
                    meter.refused(refused.code());
                    refused.faults().byReason().forEach(meter::rejected);
                }
                case Verdict.Admitted admitted ->
                    welcome.add(new Welcome(batch.draft(), admitted, key(batch.draft(), admitted)));
            }
        }
        boolean nothing = welcome.isEmpty() && (!judged.isEmpty() || !faults.none());
        return nothing ? completed(nothingValid(judged, faults)) : append(request, welcome, faults);
    }

    private static Optional<Verdict.Refused> mismatch(List<Judged> judged) {
        for (Judged batch : judged) {
            if (batch.verdict() instanceof Verdict.Refused refused && refused.code() == ErrorCode.HOST_MISMATCH) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    /** Whoever writes in another's name gets nothing in, not even what is his own. */
    private Reply refuseAll(Decoded request, Verdict.Refused why) {
        int samples = request.faults().rejected();
        for (Draft draft : request.drafts()) {
            meter.refused(why.code());
            samples += draft.samples();
        }
        meter.rejected(why.code(), samples);
        return new Reply.Refused(why.code(), why.detail(), why.faults().details());
    }

    private static Reply nothingValid(List<Judged> judged, Faults faults) {
        if (judged.size() == 1 && judged.getFirst().verdict() instanceof Verdict.Refused only) {
            return new Reply.Refused(only.code(), only.detail(), faults.details());
        }
        ErrorCode code = faults.first().orElse(ErrorCode.MALFORMED);
        return new Reply.Refused(code, "nothing of the request is valid", faults.details());
    }

    private static Optional<RecentBatches.Key> key(Draft draft, Verdict.Admitted admitted) {
        return draft.repeatable()
                ? Optional.of(new RecentBatches.Key(admitted.batch().host(), draft.batch(), draft.fingerprint()))
                : Optional.empty();
    }

    private CompletionStage<Reply> append(Decoded request, List<Welcome> batches, Faults faults) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(batches.size());
        List<Welcome> written = new ArrayList<>(batches.size());
        int accepted = 0;
        String receipt = "";
        for (Welcome batch : batches) {
            accepted += batch.verdict().accepted();
            Optional<String> before = batch.key().flatMap(recent::find);
            if (before.isPresent()) {
                meter.duplicate(batch.draft().samples());
            } else {
                batch.verdict().faults().byReason().forEach(meter::rejected);
                outcomes.add(log.append(batch.verdict().batch()).toCompletableFuture());
                written.add(batch);
            }
            receipt = receipt.isEmpty() ? before.orElse(batch.verdict().batch().receipt()) : receipt;
        }
        Reply.Items items = new Reply.Items(request.items(), faults.rejectedItems(), faults.firstRejectedItem());
        boolean duplicate = written.isEmpty() && !batches.isEmpty();
        Reply.Accepted reply =
                new Reply.Accepted(accepted, faults.rejected(), items, duplicate, receipt, faults.details());
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> answer(reply, written, outcomes));
    }

    private Reply answer(Reply.Accepted reply, List<Welcome> written, List<CompletableFuture<Outcome>> outcomes) {
        boolean allDurable = true;
        for (int i = 0; i < written.size(); i++) {
            Welcome batch = written.get(i);
            switch (outcomes.get(i).join()) {
                case Outcome.Durable durable -> {
                    meter.durable(batch.verdict().accepted(), batch.verdict().merged());
                    String receipt = batch.verdict().batch().receipt();
                    batch.key().ifPresent(key -> recent.remember(key, receipt));
                }
                case Outcome.Unconfirmed unconfirmed -> {
                    meter.unconfirmed(batch.verdict().accepted());
                    allDurable = false;
                }
            }
        }
        return allDurable
                ? reply
                : new Reply.Refused(
                        ErrorCode.KAFKA_UNAVAILABLE, "the batch could not be made durable; send it again", List.of());
    }

    private static CompletionStage<Reply> completed(Reply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
