package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.rollup.Rollup;

/** What words and numbers a format may use. */
public enum Dialect {
    /** Peerscope's own formats: plain short names, few labels, finite numbers. Whoever writes them can choose. */
    NATIVE(Limits.LABELS, Rollup.LARGEST),
    /**
     * The formats of others, whose senders cannot rename what the world calls so. There infinities, NaN and the marker of
     * a field's end are values like others.
     */
    FOREIGN(Limits.FOREIGN_LABELS, Double.POSITIVE_INFINITY);

    private final int labels;
    private final double largest;

    Dialect(int labels, double largest) {
        this.labels = labels;
        this.largest = largest;
    }

    /** Of the numbers that a field without bounds may have, and the smallest with the other sign. */
    double largest() {
        return largest;
    }

    boolean takesNaN() {
        return this == FOREIGN;
    }

    /** Most labels of a subject. */
    int labels() {
        return labels;
    }

    boolean isName(String text) {
        return switch (this) {
            case NATIVE -> Grammar.isName(text);
            case FOREIGN -> Grammar.isForeignName(text);
        };
    }
}
