package io.peerscope.alert.lifecycle;

import java.util.Locale;

/** Why something happened to an alert, where the transition alone does not say it. */
enum Reason {
    BY_HAND,
    RULE_REMOVED,
    RULE_CHANGED,
    /** Samples were further apart than a gap may be while the alert was pending. */
    GAP,
    NO_DATA,
    DATA_RETURNED,
    /** A rule that detects has not known for an hour what to hold its samples against. */
    NOTHING_EXPECTED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
