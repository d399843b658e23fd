package io.peerscope.ingest.line;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/** Reads numbers where they stand in the body. Not thread-safe. */
final class Numbers {
    /** The largest double written out has 309 digits. */
    private static final int LONGEST = 400;
    /** So many digits always fit a long. */
    private static final int DIGITS_OF_LONG = 18;
    /** Up to here every whole number is a double, and so are these powers of ten: one operation rounds once. */
    private static final long EXACT = 1L << 53;

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private final char[] digits = new char[LONGEST];
    private int end;

    /** Where the number that was read last has ended. */
    int end() {
        return end;
    }

    /** A float, an integer ({@code 12i}) or an unsigned integer ({@code 12u}). */
    double read(byte[] bytes, int from, int limit) throws BadLineException {
        int at = from;
        boolean negative = at < limit && bytes[at] == '-';
        at += negative || at < limit && bytes[at] == '+' ? 1 : 0;
        long mantissa = 0;
        int first = at;
        while (at < limit && isDigit(bytes[at])) {
            mantissa = mantissa * 10 + (bytes[at++] - '0');
        }
        int count = at - first;
        int exponent = 0;
        if (at < limit && bytes[at] == '.') {
            int point = ++at;
            while (at < limit && isDigit(bytes[at])) {
                mantissa = mantissa * 10 + (bytes[at++] - '0');
            }
            exponent = point - at;
            count += at - point;
        } else if (at < limit && (bytes[at] == 'i' || bytes[at] == 'u') && count > 0) {
            end = at + 1;
            return bytes[at] == 'i' ? integer(bytes, from, at) : unsigned(bytes, from, at);
        }
        if (count == 0) {
            throw new BadLineException("invalid number");
        }
        if (at < limit && (bytes[at] == 'e' || bytes[at] == 'E')) {
            end = exponentEnd(bytes, at + 1, limit);
            return precisely(bytes, from, end);
        }
        end = at;
        if (count > DIGITS_OF_LONG || mantissa > EXACT || exponent < 1 - POWERS.length) {
            return precisely(bytes, from, at);
        }
        double value = mantissa / POWERS[-exponent];
        return negative ? -value : value;
    }

    static long timestamp(byte[] bytes, int from, int to) throws BadLineException {
        int at = from + (bytes[from] == '-' ? 1 : 0);
        if (to - at > DIGITS_OF_LONG + 1 || at == to) {
            throw new BadLineException("bad timestamp");
        }
        long value = 0;
        for (int i = at; i < to; i++) {
            if (!isDigit(bytes[i])) {
                throw new BadLineException("bad timestamp");
            }
            value = value * 10 + (bytes[i] - '0');
        }
        if (value < 0) { // 19 digits may be more than a long holds, but never so much that the sign comes back
            throw new BadLineException("bad timestamp");
        }
        return at == from ? value : -value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int exponentEnd(byte[] bytes, int from, int limit) throws BadLineException {
        int at = from;
        at += at < limit && (bytes[at] == '-' || bytes[at] == '+') ? 1 : 0;
        int first = at;
        while (at < limit && isDigit(bytes[at])) {
            at++;
        }
        if (at == first) {
            throw new BadLineException("invalid number");
        }
        return at;
    }

    private double precisely(byte[] bytes, int from, int to) throws BadLineException {
        int length = to - from;
        checkLength(length);
        for (int i = 0; i < length; i++) {
            digits[i] = (char) bytes[from + i];
        }
        double value = NumberInput.parseDouble(digits, 0, length, true);
        if (Double.isInfinite(value)) {
            throw new BadLineException("a number beyond the range of float64");
        }
        return value;
    }

    private static double integer(byte[] bytes, int from, int to) throws BadLineException {
        try {
            return Long.parseLong(ascii(bytes, from, to));
        } catch (NumberFormatException e) {
            throw new BadLineException("an integer beyond the range of int64");
        }
    }

    private static double unsigned(byte[] bytes, int from, int to) throws BadLineException {
        try {
            long value = Long.parseUnsignedLong(ascii(bytes, from, to));
            // halved where it is beyond a long; the bit that falls off still tells how to round
            return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
        } catch (NumberFormatException e) {
            throw new BadLineException("an unsigned integer beyond the range of uint64");
        }
    }

    private static String ascii(byte[] bytes, int from, int to) throws BadLineException {
        checkLength(to - from);
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private static void checkLength(int length) throws BadLineException {
        if (length > LONGEST) {
            throw new BadLineException("a number of more than " + LONGEST + " characters");
        }
    }
}
