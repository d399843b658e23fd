package io.peerscope.query.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of accounts and networks that try to log in; those heard of least lately go first. Not thread-safe. */
final class Remembered<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000;

    Remembered() {
        super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
    }
}
