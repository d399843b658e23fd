package io.peerscope.ingest.admission;

import java.util.Arrays;

/** Numbers by 64-bit keys that are as good as random, without an object for each. Not thread-safe. */
final class LongCounts {
    private static final int SMALLEST = 16;

    /** 0 where there is nothing; the key 0 has its own place. */
    private long[] keys = new long[SMALLEST];

    private int[] counts = new int[SMALLEST];
    private int zero;
    private int held;

    /** 0 where it was never given. */
    int get(long key) {
        return key == 0 ? zero : counts[place(key)];
    }

    /** @return the new number */
    int add(long key, int more) {
        if (key == 0) {
            zero += more;
            return zero;
        }
        int place = place(key);
        if (keys[place] == 0) {
            if (held >= keys.length / 2) {
                grow();
                place = place(key);
            }
            keys[place] = key;
            held++;
        }
        counts[place] += more;
        return counts[place];
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) key & mask;
        while (keys[place] != key && keys[place] != 0) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                counts[place] = oldCounts[i];
            }
        }
    }

    void clear() {
        if (keys.length > SMALLEST) {
            keys = new long[SMALLEST];
            counts = new int[SMALLEST];
        } else {
            Arrays.fill(keys, 0);
            Arrays.fill(counts, 0);
        }
        zero = 0;
        held = 0;
    }
}
