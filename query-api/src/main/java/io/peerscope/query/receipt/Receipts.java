package io.peerscope.query.receipt;

import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.store.LedgerReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows a receipt to its records, as long as the topic keeps them, and tells what became of each. */
public final class Receipts {
    private final LedgerReader reader;
    private final TopicReader topics;

    public Receipts(LedgerReader reader, TopicReader topics) {
        this.reader = reader;
        this.topics = topics;
    }

    /**
     * One record that a receipt stands for.
     *
     * @param stored whether it is through; else all that was accepted is in flight
     */
    public record Found(String host, Instant receivedAt, boolean stored, Tally tally) {}

    /** Empty where the receipt is made up, or one of its records is not kept any more. */
    public Optional<List<Found>> find(ReceiptId receipt) {
        List<Found> found = new ArrayList<>();
        for (ReceiptId.Part part : receipt.parts()) {
            for (ReceiptId.Place place : part.places()) {
                Optional<PointBatch> batch = batch(part.secret(), place);
                if (batch.isEmpty()) {
                    return Optional.empty();
                }
                found.add(found(batch.get(), reader.stored(place.partition(), place.offset()), place.offset()));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    private Optional<PointBatch> batch(String secret, ReceiptId.Place place) {
        TopicPartition partition = new TopicPartition(Topic.METRICS_POINTS.topicName(), place.partition());
        try {
            return topics.at(partition, place.offset())
                    .map(ConsumerRecord::value)
                    .map(PointBatchCodec::decode)
                    .filter(batch -> batch.receipt().equals(secret));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }

    private static Found found(PointBatch batch, LedgerReader.Stored stored, long offset) {
        long samples = batch.samples();
        long accepted = samples + batch.merged();
        Instant receivedAt = Instant.ofEpochMilli(batch.receivedAt());
        if (stored.next() <= offset) {
            return new Found(batch.host(), receivedAt, false, new Tally(accepted, batch.rejected(), 0, 0, 0, 0));
        }
        LedgerReader.Note note = stored.note().orElse(new LedgerReader.Note(0, 0, 0));
        long simply = accepted - note.duplicate() - note.late() - note.quarantined();
        return new Found(
                batch.host(),
                receivedAt,
                true,
                new Tally(accepted, batch.rejected(), simply, note.duplicate(), note.late(), note.quarantined()));
    }
}
