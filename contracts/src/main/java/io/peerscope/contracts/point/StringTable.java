package io.peerscope.contracts.point;

import java.util.List;

/** Text of one record, each word once. Index 0 is always "". */
public final class StringTable {
    private final Numbering<String> words = new Numbering<>();

    public StringTable() {
        index("");
    }

    void reset() {
        words.reset();
        index("");
    }

    public int index(String text) {
        return words.of(text);
    }

    public List<String> strings() {
        return words.inOrder();
    }
}
