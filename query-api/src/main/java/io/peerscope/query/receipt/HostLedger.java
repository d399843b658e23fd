package io.peerscope.query.receipt;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.ledger.HostDay;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.store.LedgerReader;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The account of a host's day: what is booked, and with it what is acknowledged but not booked yet. */
public final class HostLedger {
    /** Of all hosts of a partition; a second or two of a busy one. */
    private static final int MOST_RECORDS = 50_000;

    private final LedgerReader reader;
    private final TopicReader topics;

    public HostLedger(LedgerReader reader, TopicReader topics) {
        this.reader = reader;
        this.topics = topics;
    }

    /**
     * @param total with what is in flight
     * @param inFlight null where there is too much of it to count now; then {@code total} is without it
     */
    public record Statement(Tally total, @Nullable Long inFlight) {
        public boolean balanced() {
            return inFlight != null && total.balances(inFlight);
        }
    }

    public Statement of(HostDay account) {
        TopicPartition points = topics.partitionOf(Topic.METRICS_POINTS, account.host());
        TopicPartition receipts = topics.partitionOf(Topic.INGEST_RECEIPTS, account.host());
        LedgerReader.Booked booked = reader.booked(account, points.partition());
        Tail tail = new Tail(account);
        boolean whole = topics.tail(points, booked.points(), MOST_RECORDS, tail.each(tail::points))
                && topics.tail(receipts, booked.receipts(), MOST_RECORDS, tail.each(tail::receipt));
        return whole
                ? new Statement(booked.tally().plus(tail.tally), tail.tally.accepted())
                : new Statement(booked.tally(), null);
    }

    /** Adds up what of a tail belongs to the account. */
    private static final class Tail {
        private final HostDay account;
        private Tally tally = Tally.NONE;

        Tail(HostDay account) {
            this.account = account;
        }

        TopicReader.Visitor each(Consumer<byte[]> value) {
            return row -> {
                if (account.host().equals(row.key()) && row.value() != null) {
                    try {
                        value.accept(row.value());
                    } catch (MalformedRecordException e) {
                        // it will go to the dead letters; it was not ingest who wrote it
                    }
                }
            };
        }

        void points(byte[] value) {
            PointBatch batch = PointBatchCodec.decode(value);
            if (!batch.isDerived()) {
                add(batch.receivedAt(), batch.samples() + (long) batch.merged(), batch.rejected());
            }
        }

        void receipt(byte[] value) {
            ReceiptRecord receipt = Json.decode(value, ReceiptRecord.class);
            add(receipt.receivedAt().toEpochMilli(), receipt.accepted(), receipt.rejected());
        }

        private void add(long receivedAt, long accepted, long rejected) {
            if (HostDay.of(account.host(), receivedAt).equals(account)) {
                tally = tally.plus(new Tally(accepted, rejected, 0, 0, 0, 0));
            }
        }
    }
}
