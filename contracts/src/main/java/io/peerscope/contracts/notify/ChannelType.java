package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways a message can go. */
public enum ChannelType {
    EMAIL,
    WEBHOOK,
    DISCORD("discord.com", "discordapp.com"),
    SLACK("hooks.slack.com", "hooks.slack-gov.com"),
    SMS,
    ALERTMANAGER,
    /** Somebody else's program that is asked to do something about it. */
    ACTION;

    /** An Alertmanager that was restarted has forgotten all alerts, and asks for none. */
    private static final Duration ALERTMANAGER_REPEATS = Duration.ofMinutes(3);

    private final List<String> domains;

    ChannelType(String... domains) {
        this.domains = List.of(domains);
    }

    /** The only domains its messages may go to; empty: any. */
    public List<String> domains() {
        return domains;
    }

    /** How often a channel of this type is told again what is still on, where it does not say itself. */
    Optional<Duration> repeats() {
        return this == ALERTMANAGER ? Optional.of(ALERTMANAGER_REPEATS) : Optional.empty();
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
                "type must be email, webhook, discord, slack, sms, alertmanager or action, was " + word);
    }
}
