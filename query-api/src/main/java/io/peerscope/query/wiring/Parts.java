package io.peerscope.query.wiring;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.Inhibition;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.contracts.rule.RuleDocument;
import io.peerscope.contracts.rule.RuleInvalidException;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.contracts.silence.Silence;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaSettings;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.notify.message.Links;
import io.peerscope.query.access.CredentialBook;
import io.peerscope.query.access.LoginBackOff;
import io.peerscope.query.access.OneTimeCodes;
import io.peerscope.query.access.Passwords;
import io.peerscope.query.access.TrustedProxies;
import io.peerscope.query.consistency.StrongReads;
import io.peerscope.query.consistency.TopicEnds;
import io.peerscope.query.control.ControlTable;
import io.peerscope.query.control.SettingsTopic;
import io.peerscope.query.control.Targets;
import io.peerscope.query.detect.ExpectationMaker;
import io.peerscope.query.detect.ExpectationRound;
import io.peerscope.query.detect.SeriesPast;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.Tier;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.materialize.Materialization;
import io.peerscope.query.materialize.Progress;
import io.peerscope.query.network.NetworkTables;
import io.peerscope.query.receipt.HostLedger;
import io.peerscope.query.receipt.Receipts;
import io.peerscope.query.receipt.TopicReader;
import io.peerscope.query.rest.HostScores;
import io.peerscope.query.rest.HumanActs;
import io.peerscope.query.rest.KeptSessions;
import io.peerscope.query.rest.KnownAlerts;
import io.peerscope.query.rest.KnownMetrics;
import io.peerscope.query.rest.KnownSeries;
import io.peerscope.query.rest.MessagePreviews;
import io.peerscope.query.rest.Outbox;
import io.peerscope.query.rest.QueryClock;
import io.peerscope.query.rest.Replays;
import io.peerscope.query.rest.SessionResource;
import io.peerscope.query.rest.TestMessages;
import io.peerscope.query.setting.LiveSettings;
import io.peerscope.query.store.AlertReader;
import io.peerscope.query.store.AuditLog;
import io.peerscope.query.store.AuditReader;
import io.peerscope.query.store.Compression;
import io.peerscope.query.store.HistoryReader;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.LedgerReader;
import io.peerscope.query.store.Markers;
import io.peerscope.query.store.NetworkEvents;
import io.peerscope.query.store.OutcomeReader;
import io.peerscope.query.store.RawHistory;
import io.peerscope.query.store.Retention;
import io.peerscope.query.store.SentNames;
import io.peerscope.query.store.SessionReader;
import io.peerscope.query.store.SessionStatsReader;
import io.peerscope.query.store.SettingStore;
import io.peerscope.query.store.StalledWriters;
import io.peerscope.query.store.Storage;
import io.peerscope.query.store.StoredSeries;
import io.peerscope.query.store.Tiers;
import io.peerscope.query.store.Users;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every part of the service, put together. What the addresses need is produced for them by its type. */
@Singleton
public final class Parts {
    /** Above the 20 s that the driver waits for an answer. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(45);

    final KafkaClients clients;
    final CredentialDirectory credentials;
    final RecordWriter writer;
    final TopicEnds ends;
    final TopicReader topicReader;
    final LedgerWatch ledgerWatch;
    final Materialization materialization;
    final LateWindows lateWindows;
    final TierWatch tierWatch;
    final MeterRegistry meters;
    final ExpectationRound expectations;

    @Produces
    @Singleton
    final StoredSeries storedSeries;

    @Produces
    @Singleton
    final Retention retention;

    final Compression compression;

    @Produces
    @Singleton
    final Storage storage;

    final StalledWriters stalledWriters;
    final Markers markers;

    @Produces
    @Singleton
    final LiveSettings liveSettings;

    @Produces
    @Singleton
    final SettingStore settingStore;

    @Produces
    @Singleton
    final SettingsTopic settingsTopic;

    final Clock wallClock = Clock.systemUTC();

    @Produces
    @Singleton
    final RawHistory rawHistory;

    @Produces
    @Singleton
    final QueryClock clock = new QueryClock(wallClock);

    @Produces
    @Singleton
    final KnownMetrics metrics = new KnownMetrics(MetricCatalogue.load());

    @Produces
    @Singleton
    final LiveTables live;

    @Produces
    @Singleton
    final NetworkTables network;

    @Produces
    @Singleton
    final ControlTable<Rule> rules;

    @Produces
    @Singleton
    final ControlTable<Channel> channels;

    @Produces
    @Singleton
    final ControlTable<Silence> silences;

    @Produces
    @Singleton
    final ControlTable<Inhibition> inhibitions;

    @Produces
    @Singleton
    final Outbox outbox;

    @Produces
    @Singleton
    final CredentialBook credentialBook;

    @Produces
    @Singleton
    final HistoryReader history;

    @Produces
    @Singleton
    final AlertReader alerts;

    @Produces
    @Singleton
    final NetworkEvents networkEvents;

    @Produces
    @Singleton
    final OutcomeReader outcomes;

    @Produces
    @Singleton
    final LedgerReader ledgerReader;

    @Produces
    @Singleton
    final HostLedger hostLedger;

    @Produces
    @Singleton
    final Receipts receipts;

    @Produces
    @Singleton
    final SessionReader sessions;

    @Produces
    @Singleton
    final SessionStatsReader sessionStats;

    @Produces
    @Singleton
    final KeptSessions keptSessions;

    @Produces
    @Singleton
    final AuditLog audit;

    @Produces
    @Singleton
    final AuditReader auditReader;

    @Produces
    @Singleton
    final Users users;

    @Produces
    @Singleton
    final Passwords passwords = new Passwords();

    @Produces
    @Singleton
    final LoginBackOff backOff = new LoginBackOff(wallClock);

    @Produces
    @Singleton
    final TrustedProxies proxies;

    @Produces
    @Singleton
    final OneTimeCodes codes;

    @Produces
    @Singleton
    final SessionResource.SessionLength sessionLength;

    @Produces
    @Singleton
    final Targets targets;

    @Produces
    @Singleton
    final HumanActs acts;

    @Produces
    @Singleton
    final TestMessages tests;

    @Produces
    @Singleton
    final KnownAlerts knownAlerts;

    @Produces
    @Singleton
    final MessagePreviews previews;

    @Produces
    @Singleton
    final Replays replays;

    @Produces
    @Singleton
    final StrongReads strongReads;

    @Produces
    @Singleton
    final KnownSeries knownSeries;

    @Produces
    @Singleton
    final HostScores scores;

    public Parts(
            QuerySettings settings,
            KafkaSettings kafka,
            AgroalDataSource database,
            MeterRegistry meters,
            @ConfigProperty(name = "peerscope.notify.private-targets", defaultValue = "false") boolean privateTargets,
            @ConfigProperty(name = "peerscope.notify.ports", defaultValue = "443,8443") List<Integer> targetPorts,
            @ConfigProperty(name = "peerscope.notify.public-url") Optional<String> publicUrl,
            @ConfigProperty(name = "peerscope.aggregator.window.grace", defaultValue = MinuteWindow.GRACE)
                    Duration lateGrace,
            @ConfigProperty(name = "peerscope.aggregator.silence.factor", defaultValue = "3") double silenceFactor,
            @ConfigProperty(name = "peerscope.aggregator.silence.grace", defaultValue = "5s") Duration silenceGrace,
            @ConfigProperty(name = "peerscope.aggregator.left-after", defaultValue = "24h") Duration leftAfter,
            @ConfigProperty(name = "peerscope.aggregator.forgotten-after", defaultValue = "7d")
                    Duration forgottenAfter) {
        Settings configured = settings.toSettings()
                .with(Map.of(
                        Setting.SILENCE_FACTOR, silenceFactor,
                        Setting.SILENCE_GRACE, Settings.inUnitOf(Setting.SILENCE_GRACE, silenceGrace),
                        Setting.LEFT_AFTER, Settings.inUnitOf(Setting.LEFT_AFTER, leftAfter),
                        Setting.FORGOTTEN_AFTER, Settings.inUnitOf(Setting.FORGOTTEN_AFTER, forgottenAfter)));
        clients = new KafkaClients(kafka.toConfig());
        writer = new RecordWriter(clients, "query-api-writer");
        credentials = new CredentialDirectory(clients, "query-api-credentials", wallClock);
        credentialBook = new CredentialBook(credentials, writer, wallClock);
        live = new LiveTables(clients);
        network = new NetworkTables(clients);
        rules = new ControlTable<>(
                clients,
                "query-api-rules",
                Topic.ALERTS_RULES,
                writer,
                Parts::rule,
                rule -> Json.encode(RuleDocument.write(rule)));
        channels = new ControlTable<>(
                clients,
                "query-api-channels",
                Topic.NOTIFICATIONS_CHANNELS,
                writer,
                bytes -> Json.decode(bytes, Channel.class),
                Json::encode);
        silences = new ControlTable<>(
                clients,
                "query-api-silences",
                Topic.ALERTS_SILENCES,
                writer,
                bytes -> Json.decode(bytes, Silence.class),
                Json::encode);
        inhibitions = new ControlTable<>(
                clients,
                "query-api-inhibitions",
                Topic.NOTIFICATIONS_INHIBITIONS,
                writer,
                bytes -> Json.decode(bytes, Inhibition.class),
                Json::encode);
        outbox = new Outbox(writer);
        Progress progress = new Progress(database);
        materialization = new Materialization(
                clients,
                database,
                progress,
                meters,
                wallClock,
                settings.materializer().toConfig(lateGrace));
        RollupPlan plan = new RollupPlan(metrics.catalogue());
        lateWindows = new LateWindows(database, new Ids(), plan);
        tierWatch = new TierWatch(new Tiers(database, new Ids()), lateWindows, meters);
        stalledWriters = new StalledWriters(database, STALLED_AFTER);
        liveSettings = new LiveSettings(configured);
        Retention.Policy policy = settings.retention().toPolicy();
        retention = new Retention(database, () -> policy.with(liveSettings.now()));
        storage = new Storage(database);
        compression = new Compression(database, settings.compressAfter(), () -> policy.with(liveSettings.now())
                .raw());
        rawHistory = new RawHistory(
                database,
                settings.history().statementTimeout(),
                settings.history().mostPointsRehearsed());
        markers = new Markers(database);
        HistoryPlanner planner =
                new HistoryPlanner(() -> limits(liveSettings.now()), metrics.catalogue()::hasPercentiles);
        history = new HistoryReader(
                database, planner, metrics.catalogue(), settings.history().statementTimeout());
        HistoryPlanner unbounded = new HistoryPlanner(
                () -> new HistoryPlanner.Limits(limits(liveSettings.now()).kept(), Long.MAX_VALUE, Long.MAX_VALUE),
                metrics.catalogue()::hasPercentiles);
        storedSeries = new StoredSeries(
                new HistoryReader(
                        database,
                        unbounded,
                        metrics.catalogue(),
                        settings.history().statementTimeout()),
                () -> new SeriesPast.Kept(
                        liveSettings.now().time(Setting.RETENTION_1H),
                        liveSettings.now().time(Setting.RETENTION_1M)),
                wallClock);
        expectations = new ExpectationRound(
                storedSeries,
                new ExpectationMaker(storedSeries, metrics.catalogue()),
                made -> writer.writeAll(
                        Topic.ALERTS_EXPECTATIONS,
                        made.stream()
                                .map(each -> Map.entry(each.host(), Json.encode(each)))
                                .toList()));
        count(meters, "known", each -> each.known());
        count(
                meters,
                "withheld",
                each -> each.beyond()
                        + each.withheld().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
        alerts = new AlertReader(database);
        topicReader = new TopicReader(clients, "query-api-receipts");
        ledgerReader = new LedgerReader(database);
        ledgerWatch = new LedgerWatch(ledgerReader, meters);
        this.meters = meters;
        hostLedger = new HostLedger(ledgerReader, topicReader);
        receipts = new Receipts(ledgerReader, topicReader);
        networkEvents = new NetworkEvents(database);
        outcomes = new OutcomeReader(database);
        Duration patience = settings.history().statementTimeout();
        sessions = new SessionReader(database, patience);
        sessionStats = new SessionStatsReader(database, patience);
        keptSessions = new KeptSessions(() -> liveSettings.now().time(Setting.RETENTION_SESSIONS));
        audit = new AuditLog(database, wallClock);
        settingStore = new SettingStore(database, audit, wallClock);
        settingsTopic = new SettingsTopic(writer);
        auditReader = new AuditReader(database);
        users = new Users(database);
        proxies = new TrustedProxies(settings.trustedProxies().orElse(List.of()));
        codes = new OneTimeCodes(Set.copyOf(settings.oneTimeCodes().orElse(List.of())));
        sessionLength =
                new SessionResource.SessionLength(() -> liveSettings.now().time(Setting.SESSION_LENGTH));
        targets = new Targets(privateTargets, targetPorts);
        tests = new TestMessages(outbox, clock);
        knownAlerts = new KnownAlerts(live, alerts);
        previews = new MessagePreviews(knownAlerts, new Links(publicUrl), clock);
        replays = new Replays(knownAlerts, alerts, channels, outbox, clock);
        ends = new TopicEnds(clients, "query-api-topic-ends");
        strongReads = new StrongReads(ends, progress, live, List.of(rules, channels, silences, inhibitions), wallClock);
        knownSeries = new KnownSeries(new SentNames(database, patience), live, credentialBook, strongReads, metrics);
        scores = new HostScores(network, outcomes, clock);
        acts = new HumanActs(live, writer, audit, clock, strongReads);
    }

    /** Series of rules that detect: those that are judged, and those of which nothing can be expected. */
    private void count(MeterRegistry meters, String state, ToDoubleFunction<ExpectationRound.Done> series) {
        Gauge.builder("peerscope.query.expectations", expectations, round -> round.done().values().stream()
                        .mapToDouble(series)
                        .sum())
                .tags("service", "query-api", "state", state)
                .register(meters);
    }

    private static HistoryPlanner.Limits limits(Settings now) {
        return new HistoryPlanner.Limits(
                Map.of(
                        Tier.RAW, now.time(Setting.RETENTION_RAW),
                        Tier.MINUTE, now.time(Setting.RETENTION_1M),
                        Tier.HOUR, now.time(Setting.RETENTION_1H),
                        Tier.DAY, now.time(Setting.RETENTION_1D)),
                Math.round(now.number(Setting.HISTORY_QUICK_ROWS)),
                Math.round(now.number(Setting.HISTORY_MOST_ROWS)));
    }

    private static Rule rule(byte[] json) {
        try {
            return RuleDocument.read(json);
        } catch (RuleInvalidException e) {
            throw new MalformedRecordException("not a rule: " + e.getMessage(), e);
        }
    }

    void close() {
        materialization.close();
        live.close();
        network.close();
        rules.close();
        channels.close();
        silences.close();
        inhibitions.close();
        credentials.close();
        writer.close();
        ends.close();
        topicReader.close();
        targets.close();
    }
}
