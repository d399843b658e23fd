package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The ways a message can go. */
public enum ChannelType {
    EMAIL,
    WEBHOOK,
    DISCORD,
    SLACK,
    SMS,
    ALERTMANAGER;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ChannelType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
