package io.peerscope.benchmarks.body;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Snappy's block format, in which a body can still be written in place: whatever will change is left as it is, all else
 * is found again in what came before, as every encoder does it. The size is nearly that of a usual encoder, which would
 * find times again too, and nothing has to be compressed while load is sent.
 */
final class SnappyBlock {
    private static final int SHORTEST_MATCH = 4;
    /** What a copy with two bytes for its distance reaches. */
    private static final int FARTHEST = (1 << 16) - 1;

    private static final int LONGEST_COPY = 64;
    private static final int HASH_BITS = 15;
    private static final int HASH_FACTOR = 0x1e35a7bd;

    private final byte[] in;
    private final List<Slot> slots;
    /** For each byte the first one after it that changes; itself where it changes. */
    private final int[] steadyUntil;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Slot> moved = new ArrayList<>();
    private int nextSlot;

    private SnappyBlock(Body body) {
        this.in = body.bytes();
        this.slots = body.slots();
        this.steadyUntil = steady(in.length, slots);
    }

    static Body of(Body body) {
        SnappyBlock block = new SnappyBlock(body);
        block.compress();
        return new Body(block.out.toByteArray(), List.copyOf(block.moved), body.samples(), body.spanMillis());
    }

    private static int[] steady(int length, List<Slot> slots) {
        int[] until = new int[length];
        int end = length;
        int slot = slots.size() - 1;
        for (int i = length - 1; i >= 0; i--) {
            while (slot >= 0 && slots.get(slot).at() > i) {
                slot--;
            }
            if (slot >= 0 && i < slots.get(slot).at() + slots.get(slot).width()) {
                end = i;
            }
            until[i] = end;
        }
        return until;
    }

    private void compress() {
        varint(in.length);
        int[] lastSeen = new int[1 << HASH_BITS];
        Arrays.fill(lastSeen, -1);
        int literal = 0;
        int i = 0;
        while (i + SHORTEST_MATCH <= in.length) {
            int hash = hash(i);
            int before = lastSeen[hash];
            lastSeen[hash] = i;
            int length = before < 0 || i - before > FARTHEST ? 0 : same(before, i);
            if (length >= SHORTEST_MATCH) {
                literal(literal, i);
                copy(i - before, length);
                i += length;
                literal = i;
            } else {
                i++;
            }
        }
        literal(literal, in.length);
    }

    private int hash(int at) {
        int four = in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
        return four * HASH_FACTOR >>> 32 - HASH_BITS;
    }

    /** How many bytes are the same at both places and stay so. */
    private int same(int before, int at) {
        int most = Math.min(steadyUntil[before] - before, steadyUntil[at] - at);
        int length = 0;
        while (length < most && in[before + length] == in[at + length]) {
            length++;
        }
        return length;
    }

    private void literal(int from, int to) {
        int length = to - from;
        if (length == 0) {
            return;
        }
        if (length <= 60) {
            out.write(length - 1 << 2);
        } else if (length <= 1 << 8) {
            out.write(60 << 2);
            out.write(length - 1);
        } else if (length <= 1 << 16) {
            out.write(61 << 2);
            out.write(length - 1);
            out.write(length - 1 >> 8);
        } else {
            throw new IllegalArgumentException("nothing repeats in 64 KiB; that is no body of samples");
        }
        int distance = out.size() - from;
        for (; nextSlot < slots.size() && slots.get(nextSlot).at() < to; nextSlot++) {
            moved.add(slots.get(nextSlot).movedBy(distance));
        }
        out.write(in, from, length);
    }

    private void copy(int distance, int length) {
        int left = length;
        while (left > 0) {
            int now = Math.min(left, LONGEST_COPY);
            out.write(now - 1 << 2 | 2);
            out.write(distance);
            out.write(distance >> 8);
            left -= now;
        }
    }

    private void varint(int value) {
        int left = value;
        for (; left > 0x7f; left >>>= 7) {
            out.write(left | 0x80);
        }
        out.write(left);
    }
}
