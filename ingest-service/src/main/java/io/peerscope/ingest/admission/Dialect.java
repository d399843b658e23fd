package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Grammar;

/** What words and numbers a format may use. */
public enum Dialect {
    /** Peerscope's own formats: plain short names, few labels, finite numbers. Whoever writes them can choose. */
    NATIVE(Limits.LABELS),
    /** The formats of others, whose senders cannot rename what the world calls so. */
    FOREIGN(Limits.FOREIGN_LABELS);

    private final int labels;

    Dialect(int labels) {
        this.labels = labels;
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
