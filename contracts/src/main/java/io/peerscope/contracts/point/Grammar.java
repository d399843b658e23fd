package io.peerscope.contracts.point;

/** What the words of a point may look like, whatever door they come through. */
public final class Grammar {
    /** Longest name of a host, in characters. */
    public static final int HOST_LIMIT = 128;
    /** Longest name of a kind, field, state or label, in characters. */
    public static final int NAME_LIMIT = 64;
    /** Longest value of a label or state, and longest name that comes in a format of others, in bytes of UTF-8. */
    public static final int TEXT_LIMIT = 256;

    private Grammar() {}

    /** Begins with a letter or digit, goes on with these and {@code . _ : -}; case counts. */
    public static boolean isHost(String text) {
        if (text.isEmpty() || text.length() > HOST_LIMIT || !alphanumeric(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && c != '.' && c != '_' && c != ':' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** Begins with a letter or underscore, goes on with these, digits and {@code . : / -}. */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > NAME_LIMIT) {
            return false;
        }
        char first = text.charAt(0);
        if (first != '_' && (!alphanumeric(first) || first <= '9')) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!alphanumeric(c) && c != '_' && c != '.' && c != ':' && c != '/' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** What the formats of others allow as a name: any text but control characters, 1 to {@link #TEXT_LIMIT} bytes. */
    public static boolean isForeignName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && isText(text);
    }

    /** Anything that UTF-8 and the database can hold: no NUL, no half of a surrogate pair. May be empty. */
    public static boolean isText(String text) {
        return utf8Length(text) <= TEXT_LIMIT;
    }

    /** As {@link #isText}, of any length. */
    public static boolean isUnicode(String text) {
        return utf8Length(text) < Long.MAX_VALUE;
    }

    /** Bytes of UTF-8; more than any text has where it is none. */
    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return Long.MAX_VALUE;
            }
            if (Character.isHighSurrogate(c)) {
                if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return Long.MAX_VALUE;
                }
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }

    private static boolean alphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
