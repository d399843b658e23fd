package io.peerscope.ingest.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes protobuf, right or wrong, without a schema. */
public final class ProtoMessage {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ProtoMessage integer(int field, long value) {
        raw((long) field << 3);
        return raw(value);
    }

    public ProtoMessage zigzag(int field, long value) {
        return integer(field, value << 1 ^ value >> 63);
    }

    public ProtoMessage number(int field, double value) {
        return fixed(field, Double.doubleToRawLongBits(value));
    }

    public ProtoMessage fixed(int field, long bits) {
        raw((long) field << 3 | 1);
        return raw64(bits);
    }

    public ProtoMessage text(int field, String text) {
        return bytes(field, text.getBytes(UTF_8));
    }

    public ProtoMessage message(int field, ProtoMessage content) {
        return bytes(field, content.bytes());
    }

    public ProtoMessage packed(int field, long... values) {
        ProtoMessage content = new ProtoMessage();
        for (long value : values) {
            content.raw(value);
        }
        return message(field, content);
    }

    public ProtoMessage numbers(int field, double... values) {
        ProtoMessage content = new ProtoMessage();
        for (double value : values) {
            content.raw64(Double.doubleToRawLongBits(value));
        }
        return message(field, content);
    }

    public ProtoMessage bytes(int field, byte[] content) {
        raw((long) field << 3 | 2);
        raw(content.length);
        out.writeBytes(content);
        return this;
    }

    /** A number as it stands in tags and lengths. */
    public ProtoMessage raw(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    private ProtoMessage raw64(long bits) {
        for (int shift = 0; shift < 64; shift += 8) {
            out.write((int) (bits >>> shift));
        }
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
