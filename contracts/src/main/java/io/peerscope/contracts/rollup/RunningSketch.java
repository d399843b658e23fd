package io.peerscope.contracts.rollup;

import java.util.Arrays;

/** A sketch while values come. A dozen values a minute are kept as they are, of many only what they add up to. */
final class RunningSketch {
    private static final int MANY = 1024;

    private Sketch folded = Sketch.empty();
    private int[] keys = new int[12];
    private int size;

    void add(double value) {
        if (size == MANY) {
            folded = sketch();
            size = 0;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, Math.min(MANY, 2 * size));
        }
        keys[size++] = Sketch.key(value);
    }

    Sketch sketch() {
        return folded.plus(Sketch.ofKeys(keys, size));
    }
}
