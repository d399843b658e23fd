package io.peerscope.ingest.protobuf;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.UndecodableException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Moves through protobuf in a byte array. Every length is held against the bytes that are really there before anything is
 * set aside for it, and messages are entered by the caller, so nothing is as deep as a stranger likes. Not thread-safe.
 *
 * <pre>
 * int outer = cursor.enter();
 * while (cursor.hasMore()) {
 *     int tag = cursor.tag();
 *     …
 * }
 * cursor.leave(outer);
 * </pre>
 */
public final class ProtoCursor {
    /** Wire types, the low three bits of a tag. */
    public static final int VARINT = 0;

    public static final int FIXED64 = 1;
    public static final int LENGTH_DELIMITED = 2;
    public static final int FIXED32 = 5;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int at;
    private int end;

    /** @param length of the message; the array may be longer */
    public ProtoCursor(byte[] bytes, int length) {
        this(bytes, 0, length);
    }

    public ProtoCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return at;
    }

    /** Where the message that was entered last ends. */
    public int end() {
        return end;
    }

    /** Goes to a place within the message that was entered last. */
    public void position(int position) {
        at = position;
    }

    public boolean hasMore() {
        return at < end;
    }

    /** The next byte, without moving. Only where there is more. */
    public int peek() {
        return bytes[at];
    }

    /** Field number and wire type. */
    public int tag() throws UndecodableException {
        if (at < end && bytes[at] >= 1 << 3) { // one byte
            return bytes[at++];
        }
        long tag = varint();
        if (tag < 1 << 3 || tag > 0xFFFF_FFFFL) {
            throw malformed("field number " + (tag >>> 3));
        }
        return (int) tag;
    }

    public long varint() throws UndecodableException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw malformed("the message ends within a number");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number of more than ten bytes");
    }

    public long zigzag() throws UndecodableException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    public long fixed64() throws UndecodableException {
        if (end - at < 8) {
            throw malformed("the message ends within a number");
        }
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    public double float64() throws UndecodableException {
        return Double.longBitsToDouble(fixed64());
    }

    /** Length of what follows, all of which is there. */
    public int length() throws UndecodableException {
        long length = at < end && bytes[at] >= 0 ? bytes[at++] : varint();
        if (length < 0 || length > end - at) {
            throw malformed("a length beyond the end");
        }
        return (int) length;
    }

    /** Passes over bytes whose length was read. */
    public void pass(int length) {
        at += length;
    }

    /** Goes into a message, whose length is read here. @return what {@link #leave} wants */
    public int enter() throws UndecodableException {
        int length = length();
        int outer = end;
        end = at + length;
        return outer;
    }

    public void leave(int outer) {
        at = end;
        end = outer;
    }

    /** Passes over a field that nobody here knows. Groups, which nobody has sent for ten years, are refused. */
    public void skip(int tag) throws UndecodableException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> skipFixed(8);
            case LENGTH_DELIMITED -> pass(length());
            case FIXED32 -> skipFixed(4);
            default -> throw malformed("wire type " + (tag & 7));
        }
    }

    private void skipFixed(int size) throws UndecodableException {
        if (end - at < size) {
            throw malformed("the message ends within a number");
        }
        at += size;
    }

    /** Text, whose length is read here. */
    public String text() throws UndecodableException {
        int length = length();
        String text = utf8(bytes, at, length);
        at += length;
        return text;
    }

    /** @throws UndecodableException where the bytes are not UTF-8, instead of putting question marks */
    public static String utf8(byte[] bytes, int from, int length) throws UndecodableException {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return strict(bytes, from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String strict(byte[] bytes, int from, int length) throws UndecodableException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("text that is not UTF-8");
        }
    }

    public static UndecodableException malformed(String detail) {
        return new UndecodableException(ErrorCode.MALFORMED, "not protobuf as it is needed here: " + detail);
    }
}
