package io.peerscope.contracts.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rule makes of a subject that falls silent: keep the alert as it is, resolve it, or say that data is missing. */
public enum NoData {
    KEEP,
    RESOLVE,
    ALERT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NoData> of(String word) {
        return Arrays.stream(values()).filter(n -> n.word().equals(word)).findFirst();
    }
}
