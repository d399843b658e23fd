package io.peerscope.gateway.live;

/**
 * What is known now, with a version per key. A reader that remembers the version it has seen asks for what came after;
 * so nothing waits in a queue for a slow reader.
 */
public interface LiveState {

    /**
     * @param version what a reader has seen once it has this frame
     * @param more whether the frame is only the first part of what changed
     */
    record Change(Frame frame, long version, boolean more) {}

    /** Grows with every change of the key; a key that was never heard of has 0. */
    long version(StateKey key);

    /** What changed in {@code key} after version {@code seen}; 0 asks for everything. */
    Change changesSince(StateKey key, long seen);
}
