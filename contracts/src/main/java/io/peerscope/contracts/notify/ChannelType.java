package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** The ways a message can go. */
public enum ChannelType {
    EMAIL,
    WEBHOOK,
    DISCORD("discord.com", "discordapp.com"),
    SLACK("hooks.slack.com", "hooks.slack-gov.com"),
    SMS,
    ALERTMANAGER;

    private final List<String> domains;

    ChannelType(String... domains) {
        this.domains = List.of(domains);
    }

    /** The only domains its messages may go to; empty: any. */
    public List<String> domains() {
        return domains;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    public static ChannelType of(String word) {
        for (ChannelType type : values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "type must be email, webhook, discord, slack, sms or alertmanager, was " + word);
    }
}
