package io.peerscope.ingest.intake;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Writes down what became of samples that are in no batch. What counts in the ledger of acknowledged samples is waited
 * for; descriptions of what was refused are not, and of a host that has much refused only some are kept.
 */
final class Quarantine {
    private final ReceiptLog log;
    private final DescriptionBudget budget;

    Quarantine(ReceiptLog log, int hosts) {
        this.log = log;
        this.budget = new DescriptionBudget(hosts);
    }

    /** Samples that are acknowledged although nothing is written of them, since they were before. */
    CompletionStage<Outcome> duplicate(String host, String receipt, long receivedAt, int accepted, int rejected) {
        return log.append(new ReceiptRecord(
                host, receipt, Instant.ofEpochMilli(receivedAt), accepted, accepted, rejected, Map.of(), List.of()));
    }

    /** A batch of which nothing came in. */
    void whole(String host, String receipt, long receivedAt, Faults faults) {
        if (faults.rejected() > 0 || !faults.refusedSamples().isEmpty()) {
            append(host, receipt, receivedAt, faults.rejected(), faults, describe(host, receivedAt, faults));
        }
    }

    /** Part of a batch; how many they are travels with the rest of it. */
    void partly(String host, String receipt, long receivedAt, Faults faults) {
        List<RefusedSample> samples = describe(host, receivedAt, faults);
        if (!samples.isEmpty()) {
            append(host, receipt, receivedAt, 0, faults, samples);
        }
    }

    private List<RefusedSample> describe(String host, long receivedAt, Faults faults) {
        List<RefusedSample> all = faults.refusedSamples();
        int room = all.isEmpty() ? 0 : budget.take(host, all.size(), receivedAt);
        return all.stream().limit(room).map(Quarantine::masked).toList();
    }

    private void append(
            String host, String receipt, long receivedAt, int rejected, Faults faults, List<RefusedSample> samples) {
        Map<String, Integer> reasons = new TreeMap<>();
        for (Map.Entry<ErrorCode, Integer> reason : faults.byReason().entrySet()) {
            reasons.put(reason.getKey().word(), reason.getValue());
        }
        log.append(
                new ReceiptRecord(host, receipt, Instant.ofEpochMilli(receivedAt), 0, 0, rejected, reasons, samples));
    }

    private static RefusedSample masked(RefusedSample sample) {
        return new RefusedSample(
                Masked.text(sample.kind()),
                Masked.text(sample.name()),
                sample.value(),
                sample.timestamp(),
                sample.code(),
                Masked.text(sample.detail()));
    }
}
