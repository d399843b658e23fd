package io.peerscope.query.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary COPY format, in a buffer that is used again. Written by hand because this is the hot path
 * and the driver has no encoder. Not thread-safe.
 */
final class BinaryCopy {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    /** 2000-01-01 in epoch milliseconds, PostgreSQL's zero. */
    private static final long EPOCH = 946_684_800_000L;

    private static final int INT8_OID = 20;
    private static final int FLOAT8_OID = 701;
    private static final int ARRAY_HEADER = 20;
    private static final byte JSONB_VERSION = 1;
    /** Beyond this a buffer that one large batch needed is not kept. */
    private static final int LARGEST_KEPT = 16 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int size;

    BinaryCopy begin() {
        if (buffer.length > LARGEST_KEPT) {
            buffer = new byte[1 << 16];
        }
        size = 0;
        ensure(SIGNATURE.length + 8);
        System.arraycopy(SIGNATURE, 0, buffer, 0, SIGNATURE.length);
        size = SIGNATURE.length;
        putInt(0);
        putInt(0);
        return this;
    }

    void row(int columns) {
        ensure(2);
        SHORT.set(buffer, size, (short) columns);
        size += 2;
    }

    void int8(long value) {
        ensure(12);
        putInt(8);
        putLong(value);
    }

    void int4(int value) {
        ensure(8);
        putInt(4);
        putInt(value);
    }

    void timestamp(long epochMillis) {
        int8(Math.multiplyExact(epochMillis - EPOCH, 1000L));
    }

    void float8Array(double[] values) {
        array(FLOAT8_OID, values.length);
        for (double value : values) {
            putInt(8);
            putLong(Double.doubleToRawLongBits(value));
        }
    }

    void int8Array(long[] values) {
        array(INT8_OID, values.length);
        for (long value : values) {
            putInt(8);
            putLong(value);
        }
    }

    void jsonb(byte[] json) {
        ensure(json.length + 5);
        putInt(json.length + 1);
        buffer[size++] = JSONB_VERSION;
        System.arraycopy(json, 0, buffer, size, json.length);
        size += json.length;
    }

    void bytes(byte[] value) {
        ensure(value.length + 4);
        putInt(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    void nothing() {
        ensure(4);
        putInt(-1);
    }

    /** The whole stream with its trailer; for tests. */
    byte[] toByteArray() {
        row(-1);
        return Arrays.copyOf(buffer, size);
    }

    /** @param into {@code table (columns)} */
    void send(Connection connection, String into) throws SQLException {
        row(-1);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin with (format binary)");
        try {
            copy.writeToCopy(buffer, 0, size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void array(int elementOid, int length) {
        // An array without elements has no dimension; the element count sits where the first dimension would.
        int dimensions = length == 0 ? 0 : 1;
        ensure(4 + ARRAY_HEADER + 12 * length);
        putInt(length == 0 ? 12 : ARRAY_HEADER + 12 * length);
        putInt(dimensions);
        putInt(0);
        putInt(elementOid);
        if (length > 0) {
            putInt(length);
            putInt(1);
        }
    }

    private void putInt(int value) {
        INT.set(buffer, size, value);
        size += 4;
    }

    private void putLong(long value) {
        LONG.set(buffer, size, value);
        size += 8;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
