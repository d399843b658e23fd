package io.peerscope.query.wiring;

import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.materialize.Materialization;
import io.peerscope.query.store.Retention;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code peerscope.query.*}. */
@ConfigMapping(prefix = "peerscope.query")
public interface QuerySettings {

    /** Folder with the first tokens: files admin, operator, viewer, fleet. */
    Optional<Path> bootstrapCredentials();

    /** Each opens one admin session, until the next start. */
    Optional<List<String>> oneTimeCodes();

    /** How long one stays logged in. */
    @WithDefault("PT12H")
    Duration sessionLength();

    /** How long nothing may be asked with a session before it ends. */
    @WithDefault("PT8H")
    Duration sessionIdle();

    /** Who needs a second factor; see the setting {@code login.second_factor}. */
    @WithDefault("0")
    int secondFactorDuty();

    /**
     * Addresses or networks of proxies whose {@code X-Forwarded-For} is believed, such as those of dashboard gateways in
     * other processes. Wrong passwords are counted by the address that they name.
     */
    Optional<List<String>> trustedProxies();

    Keep retention();

    Oidc oidc();

    /**
     * Age at which raw points are compressed, on TimescaleDB's community edition; empty: nothing ever is. Compression acts
     * on chunks of four hours as a whole.
     */
    @WithDefault("PT6H")
    Optional<Duration> compressAfter();

    Store materializer();

    Past history();

    Work jobs();

    Counsel advice();

    Exported export();

    /** What of this people may change while it runs. */
    default Settings toSettings() {
        Map<Setting, Double> values = new EnumMap<>(Setting.class);
        Map<Setting, Duration> times = Map.ofEntries(
                Map.entry(Setting.RETENTION_RAW, retention().raw()),
                Map.entry(Setting.RETENTION_1M, retention().minutes()),
                Map.entry(Setting.RETENTION_1H, retention().hours()),
                Map.entry(Setting.RETENTION_1D, retention().days()),
                Map.entry(Setting.RETENTION_ALERTS, retention().alerts()),
                Map.entry(Setting.RETENTION_DELIVERIES, retention().deliveries()),
                Map.entry(Setting.RETENTION_EVENTS, retention().events()),
                Map.entry(Setting.RETENTION_RECEIPTS, retention().receipts()),
                Map.entry(Setting.RETENTION_LEDGER, retention().ledger()),
                Map.entry(Setting.RETENTION_SESSIONS, retention().sessions()),
                Map.entry(Setting.SESSION_LENGTH, sessionLength()),
                Map.entry(Setting.SESSION_IDLE, sessionIdle()));
        times.forEach((setting, time) -> values.put(setting, Settings.inUnitOf(setting, time)));
        values.put(Setting.LOGIN_SECOND_FACTOR, (double) secondFactorDuty());
        values.put(Setting.HISTORY_QUICK_ROWS, (double) history().quickRows());
        values.put(Setting.HISTORY_MOST_ROWS, (double) history().mostRows());
        values.put(Setting.CHANNEL_COOLDOWN, (double) Channel.DEFAULT_COOLDOWN_SECONDS);
        values.put(Setting.CHANNEL_MAX_PER_MINUTE, (double) Channel.DEFAULT_MAX_PER_MINUTE);
        return Settings.of(values);
    }

    /** Logging in by an OpenID provider; see docs/login.md. Off where no issuer is said. */
    interface Oidc {
        /** As it stands in the provider's tokens, {@code https://login.example.org/realms/ops}. */
        Optional<String> issuer();

        Optional<String> clientId();

        /** A file that holds the client's secret and a newline; before the setting. */
        Optional<Path> clientSecretFile();

        /** None of both: a public client. */
        Optional<String> clientSecret();

        /** {@code https://<where browsers find the dashboard>/api/v1/session/oidc/callback}. */
        Optional<URI> redirectUrl();

        @WithDefault("openid,profile,email")
        List<String> scopes();

        @WithDefault("preferred_username")
        String usernameClaim();

        /** Claims whose values are looked for in the three lists. */
        @WithDefault("groups")
        List<String> roleClaims();

        Optional<List<String>> admins();

        Optional<List<String>> operators();

        Optional<List<String>> viewers();

        /** What becomes of people of whom the lists say nothing: {@code refuse}, {@code viewer} or {@code operator}. */
        @WithDefault("refuse")
        String others();

        /** What follows "Sign in with" on the button. */
        @WithDefault("single sign-on")
        String label();
    }

    /** How long rows are kept; see {@link Retention.Policy}. */
    interface Keep {
        @WithDefault("PT24H")
        Duration raw();

        @WithName("rollup-1m")
        @WithDefault("P7D")
        Duration minutes();

        @WithName("rollup-1h")
        @WithDefault("P30D")
        Duration hours();

        @WithName("rollup-1d")
        @WithDefault("P365D")
        Duration days();

        @WithDefault("P365D")
        Duration alerts();

        @WithDefault("P30D")
        Duration deliveries();

        @WithDefault("P30D")
        Duration events();

        /** What receipts and the quarantine tell; longer than the topics is of no use. */
        @WithDefault("P7D")
        Duration receipts();

        @WithDefault("P365D")
        Duration ledger();

        /** Each measurement of sessions; the questions about them reach so far back. */
        @WithDefault("P7D")
        Duration sessions();

        default Retention.Policy toPolicy() {
            return new Retention.Policy(
                    raw(),
                    minutes(),
                    hours(),
                    days(),
                    alerts(),
                    deliveries(),
                    events(),
                    receipts(),
                    ledger(),
                    sessions());
        }
    }

    /** How topics are stored; see {@link Materialization.Config}. */
    interface Store {
        @WithDefault("2")
        int pointThreads();

        @WithDefault("PT0.2S")
        Duration linger();

        @WithDefault("400")
        int maxRecords();

        /** @param lateGrace {@code peerscope.aggregator.window.grace} */
        default Materialization.Config toConfig(Duration lateGrace) {
            return new Materialization.Config(
                    pointThreads(), Math.toIntExact(linger().toMillis()), maxRecords(), lateGrace);
        }
    }

    /** What suggestions go by. */
    interface Counsel {
        /** What a host must have left of processor, memory and places for players to be asked to do more, from 0 to 1. */
        @WithDefault("0.25")
        double minHeadroom();

        /** How long after somebody did what was advised its effect is measured. */
        @WithDefault("PT30S")
        Duration measureAfter();
    }

    /** P2P metrics beside those of the process, for Prometheus. */
    interface Exported {
        @WithDefault("true")
        boolean enabled();

        /** Whether there are also lines for each peer of a host. */
        @WithDefault("false")
        boolean peers();

        /** Beyond it hosts are left out and counted. */
        @WithDefault("50000")
        int mostLines();

        /** Where it is set, hosts and peers go by pseudonyms made with it. */
        Optional<String> pseudonymKey();
    }

    /** What is done from time to time. */
    interface Work {
        /** How often it is looked whether hours, days and months are to be made. */
        @WithDefault("PT30S")
        Duration tiersEvery();
    }

    /** What one question about the past may read; see {@link HistoryPlanner.Limits}. */
    interface Past {
        @WithDefault("400000")
        long quickRows();

        @WithDefault("3000000")
        long mostRows();

        /** Points that a what-if may judge; a core judges about a million a second. */
        @WithDefault("5000000")
        long mostPointsRehearsed();

        @WithDefault("PT10S")
        Duration statementTimeout();
    }
}
