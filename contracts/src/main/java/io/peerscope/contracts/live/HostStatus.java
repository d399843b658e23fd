package io.peerscope.contracts.live;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * {@code UP}: heard of lately. {@code DEGRADED}: up, with a firing alert of warning or worse (added by readers, who know
 * the alerts). {@code SILENT}: should have spoken. {@code LEFT}: said goodbye, or silent so long that it is not awaited.
 */
public enum HostStatus {
    UP,
    DEGRADED,
    SILENT,
    LEFT;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static HostStatus of(String word) {
        for (HostStatus status : values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("status must be up, degraded, silent or left, was " + word);
    }
}
