package io.peerscope.contracts.setting;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that people may change while Peerscope runs. A change is a record of {@code settings}, keyed by the name; a
 * tombstone returns to what the service was configured with. All are numbers, and all take effect at once.
 */
public enum Setting {
    RETENTION_RAW(
            "retention.raw",
            Owner.QUERY_API,
            true,
            "h",
            1,
            720,
            "How long raw points are kept; ingest refuses older ones."),
    RETENTION_1M("retention.rollup_1m", Owner.QUERY_API, true, "d", 1, 90, "How long roll-ups of minutes are kept."),
    RETENTION_1H("retention.rollup_1h", Owner.QUERY_API, true, "d", 1, 3_660, "How long roll-ups of hours are kept."),
    RETENTION_1D(
            "retention.rollup_1d",
            Owner.QUERY_API,
            true,
            "d",
            31,
            36_600,
            "How long roll-ups of days are kept; those of months are kept for ever."),
    RETENTION_ALERTS(
            "retention.alerts", Owner.QUERY_API, true, "d", 1, 3_660, "How long alerts that are over are kept."),
    RETENTION_DELIVERIES(
            "retention.deliveries",
            Owner.QUERY_API,
            true,
            "d",
            1,
            3_660,
            "How long it is known what became of messages."),
    RETENTION_EVENTS("retention.events", Owner.QUERY_API, true, "d", 1, 3_660, "How long network events are kept."),
    RETENTION_RECEIPTS(
            "retention.receipts",
            Owner.QUERY_API,
            true,
            "d",
            1,
            30,
            "How long receipts and the quarantine are kept; longer than Kafka keeps the topics is of no use."),
    RETENTION_LEDGER("retention.ledger", Owner.QUERY_API, true, "d", 2, 3_660, "How long the ledger's days are kept."),
    RETENTION_SESSIONS(
            "retention.sessions",
            Owner.QUERY_API,
            true,
            "d",
            1,
            3_660,
            "How long each measurement of streaming sessions is kept."),
    HISTORY_QUICK_ROWS(
            "history.quick_rows",
            Owner.QUERY_API,
            true,
            "rows",
            1_000,
            10_000_000,
            "Beyond so many rows an answer about the past is made of a coarser tier."),
    HISTORY_MOST_ROWS(
            "history.most_rows",
            Owner.QUERY_API,
            true,
            "rows",
            1_000,
            100_000_000,
            "Beyond so many rows a question about the past is refused."),
    SESSION_LENGTH(
            "session.length",
            Owner.QUERY_API,
            false,
            "h",
            0.25,
            720,
            "How long one stays logged in; for new sessions."),
    SESSION_IDLE(
            "session.idle",
            Owner.QUERY_API,
            false,
            "h",
            0.05,
            720,
            "A session that nothing was asked with for so long ends; an open page asks."),
    LOGIN_SECOND_FACTOR(
            "login.second_factor",
            Owner.QUERY_API,
            true,
            "",
            0,
            2,
            "Who cannot log in with a password alone: 0 whoever has a second factor, 1 admins, too, 2 everybody."),
    CHANNEL_COOLDOWN(
            "notifications.cooldown",
            Owner.QUERY_API,
            true,
            "s",
            0,
            86_400,
            "How long a channel waits before it repeats itself, where the channel does not say; for channels that are"
                    + " written from now on."),
    CHANNEL_MAX_PER_MINUTE(
            "notifications.max_per_minute",
            Owner.QUERY_API,
            true,
            "messages",
            1,
            600,
            "How many messages a channel sends in a minute, where the channel does not say; for channels that are"
                    + " written from now on."),
    SILENCE_FACTOR(
            "silence.factor",
            Owner.AGGREGATOR,
            false,
            "",
            1,
            1_000,
            "After so many of its own reporting intervals without a word a host is silent ..."),
    SILENCE_GRACE("silence.grace", Owner.AGGREGATOR, false, "s", 0, 3_600, "... and so much more."),
    LEFT_AFTER("hosts.left_after", Owner.AGGREGATOR, false, "h", 0.01, 8_760, "Silent for so long, a host has left."),
    FORGOTTEN_AFTER(
            "hosts.forgotten_after",
            Owner.AGGREGATOR,
            false,
            "d",
            0.01,
            3_660,
            "Silent for so long, a host is not listed any more; its history stays.");

    /** The service that goes by it. */
    public enum Owner {
        QUERY_API("query-api"),
        AGGREGATOR("aggregator-streams");

        private final String word;

        Owner(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private final String settingName;
    private final Owner owner;
    private final boolean whole;
    private final String unit;
    private final double min;
    private final double max;
    private final String description;

    Setting(String settingName, Owner owner, boolean whole, String unit, double min, double max, String description) {
        this.settingName = settingName;
        this.owner = owner;
        this.whole = whole;
        this.unit = unit;
        this.min = min;
        this.max = max;
        this.description = description;
    }

    public String settingName() {
        return settingName;
    }

    public Owner owner() {
        return owner;
    }

    /** Whether only whole numbers make sense. */
    public boolean whole() {
        return whole;
    }

    /** {@code s}, {@code h}, {@code d} or what is counted; "" for plain numbers. */
    public String unit() {
        return unit;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public String description() {
        return description;
    }

    public boolean allows(double value) {
        return value >= min && value <= max && (!whole || value == Math.rint(value));
    }

    public static Optional<Setting> of(String settingName) {
        return Arrays.stream(values())
                .filter(setting -> setting.settingName.equals(settingName))
                .findFirst();
    }

    public static Set<Setting> ownedBy(Owner owner) {
        return Arrays.stream(values())
                .filter(setting -> setting.owner == owner)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Setting.class)));
    }

    @Override
    public String toString() {
        return settingName;
    }
}
