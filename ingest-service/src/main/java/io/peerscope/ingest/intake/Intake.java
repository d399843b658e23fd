package io.peerscope.ingest.intake;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.foundation.trace.Span;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.admission.RefusedException;
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
    private final Quarantine quarantine;
    private final Supplier<String> receipts;
    private final IntakeMeter meter;

    /**
     * @param receiptLog where it is written down what became of samples that are in no batch
     * @param remembered how many acknowledged batches, and how many hosts, are known again
     * @param receipts makes names that nobody can guess
     */
    public Intake(
            Admission admission,
            BatchLog log,
            ReceiptLog receiptLog,
            int remembered,
            Supplier<String> receipts,
            IntakeMeter meter) {
        this.admission = admission;
        this.log = log;
        this.recent = new RecentBatches(remembered);
        this.quarantine = new Quarantine(receiptLog, remembered);
        this.receipts = receipts;
        this.meter = meter;
    }

    /** A batch and what becomes of it. */
    private record Judged(Draft draft, Verdict verdict) {}

    /** A batch that may come in, and by what it is known if it comes again. */
    private record Welcome(Draft draft, Verdict.Admitted verdict, Optional<RecentBatches.Key> key) {
        PointBatch batch() {
            return verdict.batch();
        }

        Welcome besideRejected(int more) {
            Verdict.Admitted with = new Verdict.Admitted(
                    batch().besideRejected(more), verdict.accepted(), verdict.merged(), verdict.faults());
            return new Welcome(draft, with, key);
        }
    }

    /** A batch that had been acknowledged before. */
    private record Again(Welcome batch, ReceiptId.Part receipt) {}

    /**
     * Works on the caller's thread until the batches are handed over; the answer may come on another one.
     *
     * @param receivedAt epoch milliseconds
     * @param span of the request
     */
    public CompletionStage<Reply> submit(Decoded request, Sender sender, long receivedAt, Span span) {
        meter.understood(request.faults().rejected());
        String receipt = receipts.get();
        List<Judged> judged = new ArrayList<>(request.drafts().size());
        for (Draft draft : request.drafts()) {
            meter.decoded(draft.samples());
            judged.add(new Judged(draft, admission.judge(draft, sender, receivedAt, receipt)));
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
                    hostOf(batch.draft(), sender)
                            .ifPresent(host -> quarantine.whole(host, receipt, receivedAt, refused.faults()));
                }
                case Verdict.Admitted admitted ->
                    welcome.add(new Welcome(batch.draft(), admitted, key(batch.draft(), admitted)));
            }
        }
        List<Welcome> batches = leftOut(request, sender, receipt, receivedAt, welcome);
        boolean nothing = batches.isEmpty() && (!judged.isEmpty() || !faults.none());
        return nothing ? completed(nothingValid(request, judged, faults)) : append(request, batches, faults, span);
    }

    private static Optional<String> hostOf(Draft draft, Sender sender) {
        try {
            return Optional.of(sender.host(draft.host()));
        } catch (RefusedException nobodys) {
            return Optional.empty();
        }
    }

    /**
     * What the decoder could make nothing of belongs to the host whose own token it came with; else nobody knows whose it
     * is.
     */
    private List<Welcome> leftOut(
            Decoded request, Sender sender, String receipt, long receivedAt, List<Welcome> batches) {
        int leftOut = request.faults().rejected();
        if (leftOut == 0 || !(sender instanceof Sender.OneHost own)) {
            return batches;
        }
        if (batches.isEmpty()) {
            quarantine.whole(own.host(), receipt, receivedAt, request.faults());
            return batches;
        }
        List<Welcome> all = new ArrayList<>(batches);
        all.set(0, batches.getFirst().besideRejected(leftOut));
        quarantine.partly(own.host(), receipt, receivedAt, request.faults());
        return all;
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

    private static Reply nothingValid(Decoded request, List<Judged> judged, Faults faults) {
        Reply.Items items = items(request, faults);
        if (judged.size() == 1 && judged.getFirst().verdict() instanceof Verdict.Refused only) {
            return new Reply.Refused(only.code(), only.detail(), faults.details(), items);
        }
        ErrorCode code = faults.first().orElse(ErrorCode.MALFORMED);
        return new Reply.Refused(code, "nothing of the request is valid", faults.details(), items);
    }

    private static Reply.Items items(Decoded request, Faults faults) {
        return new Reply.Items(request.items(), faults.rejectedItems(), faults.firstRejectedItem());
    }

    private static Optional<RecentBatches.Key> key(Draft draft, Verdict.Admitted admitted) {
        return draft.repeatable()
                ? Optional.of(new RecentBatches.Key(admitted.batch().host(), draft.batch(), draft.fingerprint()))
                : Optional.empty();
    }

    private CompletionStage<Reply> append(Decoded request, List<Welcome> batches, Faults faults, Span span) {
        List<PointBatch> fresh = new ArrayList<>(batches.size());
        List<Welcome> written = new ArrayList<>(batches.size());
        List<Again> again = new ArrayList<>(0);
        int accepted = 0;
        for (Welcome batch : batches) {
            accepted += batch.verdict().accepted();
            Optional<ReceiptId.Part> before = batch.key().flatMap(recent::find);
            if (before.isPresent()) {
                again.add(new Again(batch, before.get()));
            } else {
                batch.verdict().faults().byReason().forEach(meter::rejected);
                fresh.add(batch.batch());
                written.add(batch);
            }
        }
        int sum = accepted;
        CompletionStage<List<Outcome>> appended =
                fresh.isEmpty() ? CompletableFuture.completedStage(List.of()) : log.append(fresh, span);
        return appended.thenCompose(outcomes -> {
                    List<ReceiptId.Part> receipts = new ArrayList<>(batches.size());
                    boolean durable = conclude(written, outcomes, receipts);
                    return durable ? acknowledge(again, receipts) : conceal(again);
                })
                .thenApply(receipts -> receipts.<Reply>map(all -> new Reply.Accepted(
                                sum,
                                faults.rejected(),
                                items(request, faults),
                                written.isEmpty() && !batches.isEmpty(),
                                all,
                                faults.details()))
                        .orElseGet(Intake::unconfirmed));
    }

    /** @return whether all is durable */
    private boolean conclude(List<Welcome> written, List<Outcome> outcomes, List<ReceiptId.Part> receipts) {
        boolean allDurable = true;
        for (int i = 0; i < written.size(); i++) {
            Welcome batch = written.get(i);
            switch (outcomes.get(i)) {
                case Outcome.Durable durable -> {
                    meter.durable(batch.verdict().accepted(), batch.verdict().merged());
                    ReceiptId.Part receipt = new ReceiptId.Part(batch.batch().receipt(), durable.places());
                    receipts.add(receipt);
                    batch.key().ifPresent(key -> recent.remember(key, receipt));
                    if (batch.batch().rejected() > 0) {
                        quarantine.partly(
                                batch.batch().host(),
                                batch.batch().receipt(),
                                batch.batch().receivedAt(),
                                batch.verdict().faults());
                    }
                }
                case Outcome.Unconfirmed unconfirmed -> {
                    meter.unconfirmed(batch.verdict().accepted());
                    allDurable = false;
                }
            }
        }
        return allDurable;
    }

    /** Duplicates are written down before they are acknowledged, so that every acknowledged sample is somewhere. */
    private CompletionStage<Optional<List<ReceiptId.Part>>> acknowledge(
            List<Again> again, List<ReceiptId.Part> receipts) {
        if (again.isEmpty()) {
            return CompletableFuture.completedStage(Optional.of(receipts));
        }
        List<CompletableFuture<Outcome>> noted = new ArrayList<>(again.size());
        for (Again each : again) {
            PointBatch batch = each.batch().batch();
            noted.add(quarantine
                    .duplicate(
                            batch.host(),
                            each.receipt().secret(),
                            batch.receivedAt(),
                            each.batch().verdict().accepted(),
                            batch.rejected())
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(noted.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    boolean durable = true;
                    for (int i = 0; i < noted.size(); i++) {
                        int samples = again.get(i).batch().draft().samples();
                        switch (noted.get(i).join()) {
                            case Outcome.Durable written -> meter.duplicate(samples);
                            case Outcome.Unconfirmed unconfirmed -> {
                                meter.unconfirmed(samples);
                                durable = false;
                            }
                        }
                        receipts.add(again.get(i).receipt());
                    }
                    return durable ? Optional.of(receipts) : Optional.empty();
                });
    }

    private CompletionStage<Optional<List<ReceiptId.Part>>> conceal(List<Again> again) {
        for (Again each : again) {
            meter.unconfirmed(each.batch().draft().samples());
        }
        return CompletableFuture.completedStage(Optional.empty());
    }

    private static Reply unconfirmed() {
        return new Reply.Refused(
                ErrorCode.KAFKA_UNAVAILABLE, "the batch could not be made durable; send it again", List.of());
    }

    private static CompletionStage<Reply> completed(Reply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
