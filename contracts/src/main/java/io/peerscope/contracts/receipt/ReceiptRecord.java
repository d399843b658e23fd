package io.peerscope.contracts.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of samples that are in no record of {@code metrics.points}; value of {@code ingest.receipts}, keyed by host.
 * The counts are to be added to the host's ledger; samples that are counted elsewhere have none here, though they may be
 * described.
 *
 * @param receipt the secret of the request that it is about, or of the first such request; see {@link ReceiptId}
 * @param accepted samples that were acknowledged
 * @param duplicate of these, those that had been acknowledged before
 * @param rejected samples that were refused
 * @param reasons refused samples by code, whether counted here or beside their batch
 * @param samples the first of them
 */
public record ReceiptRecord(
        String host,
        String receipt,
        Instant receivedAt,
        int accepted,
        int duplicate,
        int rejected,
        Map<String, Integer> reasons,
        List<RefusedSample> samples) {
    /** Most refused samples that one record describes. */
    public static final int MOST_SAMPLES = 20;
}
