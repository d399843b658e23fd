package io.peerscope.ingest.intake;

import io.peerscope.contracts.receipt.ReceiptId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The batches acknowledged last, so that a sender who lost our answer and asks again gets it again. Only a convenience:
 * what it has forgotten is written again, and counts once by the identity of its points. Thread-safe.
 */
final class RecentBatches {
    /** Host, the sender's id and content: an id that starts over after a reboot, with new content, is a new batch. */
    record Key(String host, String batch, long fingerprint) implements Comparable<Key> {
        /** Keeps the table quick also where a stranger makes hash codes collide. */
        @Override
        public int compareTo(Key other) {
            int byContent = Long.compare(fingerprint, other.fingerprint);
            int byHost = byContent != 0 ? byContent : host.compareTo(other.host);
            return byHost != 0 ? byHost : batch.compareTo(other.batch);
        }
    }

    private final Map<Key, ReceiptId.Part> batches;

    RecentBatches(int most) {
        this.batches = new LinkedHashMap<>(64, 0.75f, false) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, ReceiptId.Part> eldest) {
                return size() > most;
            }
        };
    }

    /** The receipt it was given. */
    synchronized Optional<ReceiptId.Part> find(Key key) {
        return Optional.ofNullable(batches.get(key));
    }

    synchronized void remember(Key key, ReceiptId.Part receipt) {
        batches.put(key, receipt);
    }
}
