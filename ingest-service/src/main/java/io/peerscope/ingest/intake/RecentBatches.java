package io.peerscope.ingest.intake;

import io.peerscope.contracts.receipt.ReceiptId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The batches acknowledged last, so that a sender who lost our answer and asks again gets it again. Only a convenience:
 * what it has forgotten is written again, and counts once by the identity of its points.
 *
 * <p>Columns instead of objects: with thousands of batches a second, entries live just long enough to be the most
 * expensive garbage there is. Some 60 bytes a batch. Thread-safe.
 */
final class RecentBatches {
    /** Host, the sender's id and content: an id that starts over after a reboot, with new content, is a new batch. */
    record Key(String host, String batch, long fingerprint) {}

    private static final int NONE = -1;
    private static final long K = 0x9e3779b97f4a7c15L;

    // one for each batch; the oldest makes room for the next
    private final long[] fingerprints;
    private final String[] hosts;
    private final String[] batches;
    private final String[] secrets;
    private final int[] partitions;
    private final long[] offsets;
    /** Where the batch is not in exactly one record. */
    private final ReceiptId.@Nullable Part[] others;

    private int count;
    private int oldest;

    /** Chains of rows whose keys share a place. */
    private final int[] first;

    private final int[] next;
    /** What nobody outside can guess, so that nobody can make a chain long. */
    private final long seed = new SecureRandom().nextLong();

    RecentBatches(int most) {
        fingerprints = new long[most];
        hosts = new String[most];
        batches = new String[most];
        secrets = new String[most];
        partitions = new int[most];
        offsets = new long[most];
        others = new ReceiptId.Part[most];
        next = new int[most];
        first = new int[Integer.highestOneBit(Math.max(1, most)) << 1];
        Arrays.fill(first, NONE);
    }

    /** The receipt it was given. */
    synchronized Optional<ReceiptId.Part> find(Key key) {
        int row = row(key, place(key.host(), key.batch(), key.fingerprint()));
        if (row == NONE) {
            return Optional.empty();
        }
        ReceiptId.Part other = others[row];
        return Optional.of(
                other == null
                        ? new ReceiptId.Part(secrets[row], List.of(new ReceiptId.Place(partitions[row], offsets[row])))
                        : other);
    }

    synchronized void remember(Key key, ReceiptId.Part receipt) {
        if (fingerprints.length == 0) {
            return;
        }
        int place = place(key.host(), key.batch(), key.fingerprint());
        int row = row(key, place);
        if (row == NONE) {
            row = room();
            fingerprints[row] = key.fingerprint();
            hosts[row] = key.host();
            batches[row] = key.batch();
            next[row] = first[place];
            first[place] = row;
        }
        secrets[row] = receipt.secret();
        boolean single = receipt.places().size() == 1;
        others[row] = single ? null : receipt;
        if (single) {
            ReceiptId.Place only = receipt.places().getFirst();
            partitions[row] = only.partition();
            offsets[row] = only.offset();
        }
    }

    private int row(Key key, int place) {
        int row = first[place];
        while (row != NONE
                && !(fingerprints[row] == key.fingerprint()
                        && hosts[row].equals(key.host())
                        && batches[row].equals(key.batch()))) {
            row = next[row];
        }
        return row;
    }

    /** A row that is in no chain. */
    private int room() {
        if (count < fingerprints.length) {
            return count++;
        }
        int row = oldest;
        oldest = row + 1 == fingerprints.length ? 0 : row + 1;
        int place = place(hosts[row], batches[row], fingerprints[row]);
        if (first[place] == row) {
            first[place] = next[row];
            return row;
        }
        int before = first[place];
        while (next[before] != row) {
            before = next[before];
        }
        next[before] = next[row];
        return row;
    }

    private int place(String host, String batch, long fingerprint) {
        long hash = text(text((seed ^ fingerprint) * K, host), batch);
        return (int) (hash >>> 32) & first.length - 1;
    }

    private static long text(long before, String text) {
        long hash = before ^ before >>> 32;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * K;
            hash ^= hash >>> 32;
        }
        return hash * K;
    }
}
