package io.peerscope.benchmarks.body;

import io.peerscope.benchmarks.wire.Request;
import java.nio.charset.StandardCharsets;

/** A body behind a head of HTTP. No time is ever sent twice for a series. Not thread-safe. */
public final class BodyRequest implements Request {
    private final byte[] bytes;
    private final Slot[] slots;
    private final int samples;
    private final int span;
    private long newest;
    private long turn;

    /** @param headers complete lines without their ends: the first one and all headers but the length */
    public BodyRequest(String headers, Body body) {
        String head = "%s\r\nContent-Length: %d\r\n\r\n".formatted(headers, body.size());
        Body whole = body.after(head.getBytes(StandardCharsets.US_ASCII));
        this.bytes = whole.bytes();
        this.slots = whole.slots().toArray(Slot[]::new);
        this.samples = whole.samples();
        this.span = whole.spanMillis();
    }

    /** A body that is sent more often than it has milliseconds for its points runs ahead of the clock. */
    @Override
    public byte[] stamped(long id, long now) {
        newest = Math.max(now, newest + span);
        for (Slot slot : slots) {
            slot.write(bytes, id, newest, turn);
        }
        turn++;
        return bytes;
    }

    @Override
    public int samples() {
        return samples;
    }
}
