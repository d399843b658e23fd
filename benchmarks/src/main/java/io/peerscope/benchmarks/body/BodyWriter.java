package io.peerscope.benchmarks.body;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects a body from its beginning to its end. */
final class BodyWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Slot> slots = new ArrayList<>();

    BodyWriter text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    BodyWriter id() {
        return gap(new Slot.Id(bytes.size()));
    }

    BodyWriter millis(int ago) {
        return gap(new Slot.Millis(bytes.size(), ago));
    }

    BodyWriter decimal(Fleet.Reading reading) {
        int at = bytes.size() + 2;
        text(reading.text());
        slots.add(new Slot.TensAndOnes(at, reading.phase()));
        return this;
    }

    /** A field of protobuf. */
    BodyWriter field(int number, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        tag(number, LENGTH_DELIMITED, value.length);
        bytes.writeBytes(value);
        return this;
    }

    BodyWriter field(int number, BodyWriter message) {
        tag(number, LENGTH_DELIMITED, message.bytes.size());
        int distance = bytes.size();
        message.slots.forEach(slot -> slots.add(slot.movedBy(distance)));
        bytes.writeBytes(message.bytes.toByteArray());
        return this;
    }

    BodyWriter varintMillis(int number) {
        bytes.write(number << 3 | VARINT);
        return gap(new Slot.VarintMillis(bytes.size()));
    }

    BodyWriter real(int number, Fleet.Reading reading) {
        bytes.write(number << 3 | FIXED64);
        return gap(new Slot.Fixed64(bytes.size(), reading.base(), reading.phase()));
    }

    private void tag(int number, int type, int length) {
        bytes.write(number << 3 | type);
        int left = length;
        for (; left > 0x7f; left >>>= 7) {
            bytes.write(left | 0x80);
        }
        bytes.write(left);
    }

    private BodyWriter gap(Slot slot) {
        slots.add(slot);
        bytes.writeBytes(new byte[slot.width()]);
        return this;
    }

    Body body(int samples, int spanMillis) {
        return new Body(bytes.toByteArray(), List.copyOf(slots), samples, spanMillis);
    }
}
