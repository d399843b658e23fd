package io.peerscope.benchmarks.body;

import java.util.Arrays;
import java.util.List;

/**
 * What a request carries, made once, and where it changes.
 *
 * @param slots in the order of their places, which do not overlap
 * @param samples in it
 * @param spanMillis how far its times reach back; so much newer the next one has to be
 */
@SuppressWarnings("ArrayRecordComponent") // copied once and never compared
public record Body(byte[] bytes, List<Slot> slots, int samples, int spanMillis) {

    /** With something before it, as the head of a request. */
    Body after(byte[] head) {
        byte[] whole = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        return new Body(
                whole, slots.stream().map(slot -> slot.movedBy(head.length)).toList(), samples, spanMillis);
    }

    public int size() {
        return bytes.length;
    }
}
