package io.peerscope.ingest.publish;

import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.ingest.intake.BatchLog.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of all records of one request, told once when the last of them is through. One for them all, since there are
 * tens of thousands of records a second.
 */
final class Confirmation {
    private final CompletableFuture<List<Outcome>> outcomes = new CompletableFuture<>();
    private final Function<Exception, Outcome> failed;
    private Runnable through = () -> {};
    /** Of each group of records, its places; what is not confirmed stays null. */
    private final ReceiptId.@Nullable Place[][] places;

    private final @Nullable Outcome[] failures;
    private final AtomicInteger open;

    /**
     * @param groups how many groups; each is durable as a whole or not at all
     * @param records how many records there are in all of them together
     * @param failed what to say of a record that was not confirmed
     */
    Confirmation(int groups, int records, Function<Exception, Outcome> failed) {
        this.failed = failed;
        this.places = new ReceiptId.Place[groups][];
        this.failures = new Outcome[groups];
        this.open = new AtomicInteger(records);
        if (records == 0) {
            finish();
        }
    }

    /** Before the first record: what to call before anybody is told. */
    void begin(Runnable whenThrough) {
        through = whenThrough;
    }

    /** Before the first record of a group. */
    void expect(int group, int records) {
        places[group] = new ReceiptId.Place[records];
    }

    Callback of(int group, int index) {
        return (metadata, failure) -> {
            if (failure == null) {
                confirmed(group, index, metadata);
            } else {
                failed(group, failure);
            }
        };
    }

    private void confirmed(int group, int index, RecordMetadata metadata) {
        places[group][index] = new ReceiptId.Place(metadata.partition(), metadata.offset());
        one();
    }

    void failed(int group, Exception failure) {
        failures[group] = failed.apply(failure);
        one();
    }

    private void one() {
        if (open.decrementAndGet() == 0) {
            finish();
        }
    }

    private void finish() {
        List<Outcome> all = new ArrayList<>(places.length);
        for (int group = 0; group < places.length; group++) {
            Outcome failure = failures[group];
            all.add(failure == null ? new Outcome.Durable(List.of(places[group])) : failure);
        }
        through.run();
        outcomes.complete(all);
    }

    CompletionStage<List<Outcome>> outcomes() {
        return outcomes;
    }
}
