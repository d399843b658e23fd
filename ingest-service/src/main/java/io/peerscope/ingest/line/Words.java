package io.peerscope.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Text of a line, as bytes and as what it says. */
final class Words {
    private Words() {}

    /** The next of two separators that has no backslash before it, or {@code limit}. */
    static int until(byte[] bytes, int from, int limit, char separator, char other) {
        int at = from;
        while (at < limit && (bytes[at] != separator && bytes[at] != other || at > from && bytes[at - 1] == '\\')) {
            at++;
        }
        return at;
    }

    /** Takes a backslash away where one of {@code special} follows; any other stands for itself. */
    static String unescaped(byte[] bytes, int from, int to, String special) throws BadLineException {
        byte[] plain = new byte[to - from];
        int size = 0;
        for (int at = from; at < to; at++) {
            boolean escape = bytes[at] == '\\' && at + 1 < to && special.indexOf(bytes[at + 1]) >= 0;
            at += escape ? 1 : 0;
            plain[size++] = bytes[at];
        }
        return text(Arrays.copyOf(plain, size));
    }

    private static String text(byte[] bytes) throws BadLineException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new BadLineException("not UTF-8");
        }
    }
}
