package io.peerscope.ingest.intake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text without what looks like a secret: senders put tokens into names and labels by mistake. */
final class Masked {
    private static final Pattern TOKEN = Pattern.compile("(ps_[0-9a-f]{4})[0-9a-f_]{16,}");
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:password|passwd|secret|token|api_?key|bearer)[\"']?\\s*[=: ]\\s*[\"']?)[^\\s\"',;&]{4,}");
    private static final Pattern LONG_HEX = Pattern.compile("\\b([0-9a-fA-F]{4})[0-9a-fA-F]{28,}\\b");

    private Masked() {}

    static String text(String raw) {
        return mask(LONG_HEX, mask(NAMED, mask(TOKEN, raw)));
    }

    private static String mask(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll("$1…");
    }
}
