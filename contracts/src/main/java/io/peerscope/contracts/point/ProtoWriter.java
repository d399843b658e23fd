package io.peerscope.contracts.point;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf fields into a growing buffer. Exists because generated builders allocate an object for each message
 * and box each repeated value; the batch codecs are the hot path. Not thread-safe.
 */
public final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer;
    private int size;

    public ProtoWriter(int capacity) {
        buffer = new byte[capacity];
    }

    public void reset() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** A field with its default value is left out, as proto3 does. */
    public void integer(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | VARINT);
            varint(value);
        }
    }

    public void zigzag(int field, long value) {
        integer(field, value << 1 ^ value >> 63);
    }

    public void text(int field, String value) {
        if (!value.isEmpty()) {
            repeatedText(field, value);
        }
    }

    /** Elements of a repeated field are written even when empty: their position counts. */
    public void repeatedText(int field, String value) {
        int start = size;
        int length = value.length();
        header(field, length);
        for (int i = 0; i < length; i++) {
            char letter = value.charAt(i);
            if (letter >= 1 << 7) {
                size = start;
                utf8(field, value);
                return;
            }
            buffer[size + i] = (byte) letter;
        }
        size += length;
    }

    private void utf8(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        header(field, utf8.length);
        System.arraycopy(utf8, 0, buffer, size, utf8.length);
        size += utf8.length;
    }

    public void bytes(int field, byte[] value) {
        if (value.length > 0) {
            header(field, value.length);
            System.arraycopy(value, 0, buffer, size, value.length);
            size += value.length;
        }
    }

    public void message(int field, ProtoWriter content) {
        header(field, content.size);
        System.arraycopy(content.buffer, 0, buffer, size, content.size);
        size += content.size;
    }

    /** Appends fields that were written elsewhere. */
    public void append(ProtoWriter fields) {
        ensure(fields.size);
        System.arraycopy(fields.buffer, 0, buffer, size, fields.size);
        size += fields.size;
    }

    /** As {@link #append(ProtoWriter)}. */
    void append(byte[] fields) {
        ensure(fields.length);
        System.arraycopy(fields, 0, buffer, size, fields.length);
        size += fields.length;
    }

    public void packedDoubles(int field, double[] values) {
        if (values.length == 0) {
            return;
        }
        header(field, values.length * 8);
        for (double value : values) {
            DOUBLE.set(buffer, size, value);
            size += 8;
        }
    }

    public void packed(int field, ProtoWriter varints) {
        if (varints.size > 0) {
            message(field, varints);
        }
    }

    public void varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    private void header(int field, int length) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(length);
        ensure(length);
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
