package io.peerscope.ingest.admission;

/** Text of a stranger as it may stand in an answer: short, printable. */
public final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    public static String text(String raw) {
        return '"' + plain(raw) + '"';
    }

    /** Without quotes. */
    public static String plain(String raw) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < raw.length() && i < LONGEST; i++) {
            char c = raw.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return shown.append(raw.length() > LONGEST ? "…" : "").toString();
    }
}
