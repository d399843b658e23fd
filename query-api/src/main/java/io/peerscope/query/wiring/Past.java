package io.peerscope.query.wiring;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rollup.MinuteWindow;
import io.peerscope.contracts.rollup.RollupPlan;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.detect.ExpectationMaker;
import io.peerscope.query.detect.ExpectationRound;
import io.peerscope.query.detect.SeriesPast;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.Tier;
import io.peerscope.query.materialize.Materialization;
import io.peerscope.query.materialize.Progress;
import io.peerscope.query.setting.LiveSettings;
import io.peerscope.query.store.Compression;
import io.peerscope.query.store.HistoryReader;
import io.peerscope.query.store.Ids;
import io.peerscope.query.store.LateWindows;
import io.peerscope.query.store.RawHistory;
import io.peerscope.query.store.Retention;
import io.peerscope.query.store.Seat;
import io.peerscope.query.store.StoredSeries;
import io.peerscope.query.store.Tiers;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The past of metrics: how it is stored, kept and asked, and what people may change of that while it runs. */
@Singleton
final class Past {
    final Materialization materialization;
    final Progress progress;
    final LateWindows lateWindows;
    final TierWatch tierWatch;
    final Compression compression;
    final ExpectationRound expectations;
    /** Expectations are made by one instance of several. */
    final Seat expecting;

    @Produces
    @Singleton
    final LiveSettings settings;

    @Produces
    @Singleton
    final Retention retention;

    @Produces
    @Singleton
    final RawHistory raw;

    @Produces
    @Singleton
    final HistoryReader history;

    @Produces
    @Singleton
    final StoredSeries series;

    Past(
            QuerySettings configured,
            Basis basis,
            @ConfigProperty(name = "peerscope.aggregator.window.grace", defaultValue = MinuteWindow.GRACE)
                    Duration lateGrace,
            @ConfigProperty(name = "peerscope.aggregator.silence.factor", defaultValue = "3") double silenceFactor,
            @ConfigProperty(name = "peerscope.aggregator.silence.grace", defaultValue = "5s") Duration silenceGrace,
            @ConfigProperty(name = "peerscope.aggregator.left-after", defaultValue = "24h") Duration leftAfter,
            @ConfigProperty(name = "peerscope.aggregator.forgotten-after", defaultValue = "7d")
                    Duration forgottenAfter) {
        settings = new LiveSettings(configured
                .toSettings()
                .with(Map.of(
                        Setting.SILENCE_FACTOR, silenceFactor,
                        Setting.SILENCE_GRACE, Settings.inUnitOf(Setting.SILENCE_GRACE, silenceGrace),
                        Setting.LEFT_AFTER, Settings.inUnitOf(Setting.LEFT_AFTER, leftAfter),
                        Setting.FORGOTTEN_AFTER, Settings.inUnitOf(Setting.FORGOTTEN_AFTER, forgottenAfter))));
        AgroalDataSource database = basis.database;
        MetricCatalogue catalogue = basis.metrics.catalogue();
        Duration patience = configured.history().statementTimeout();
        progress = new Progress(database);
        materialization = new Materialization(
                basis.clients,
                database,
                progress,
                basis.meters,
                basis.wallClock,
                basis.tracer,
                configured.materializer().toConfig(lateGrace));
        lateWindows = new LateWindows(database, new Ids(), new RollupPlan(catalogue));
        tierWatch = new TierWatch(new Tiers(database, new Ids()), lateWindows, basis.meters);
        Retention.Policy policy = configured.retention().toPolicy();
        retention = new Retention(database, () -> policy.with(settings.now()));
        compression = new Compression(database, configured.compressAfter(), () -> policy.with(settings.now())
                .raw());
        raw = new RawHistory(basis.reading, patience, configured.history().mostPointsRehearsed());
        HistoryPlanner planner = new HistoryPlanner(() -> limits(settings.now()), catalogue::hasPercentiles);
        history = new HistoryReader(basis.reading, planner, catalogue, patience);
        HistoryPlanner unbounded = new HistoryPlanner(
                () -> new HistoryPlanner.Limits(limits(settings.now()).kept(), Long.MAX_VALUE, Long.MAX_VALUE),
                catalogue::hasPercentiles);
        series = new StoredSeries(
                new HistoryReader(basis.reading, unbounded, catalogue, patience),
                () -> new SeriesPast.Kept(
                        settings.now().time(Setting.RETENTION_1H),
                        settings.now().time(Setting.RETENTION_1M)),
                basis.wallClock);
        expecting = new Seat(database, "expectations");
        expectations = new ExpectationRound(
                expecting::taken,
                series,
                new ExpectationMaker(series, catalogue),
                made -> basis.writer.writeAll(
                        Topic.ALERTS_EXPECTATIONS,
                        made.stream()
                                .map(each -> Map.entry(each.host(), Json.encode(each)))
                                .toList()));
        count(basis.meters, "known", each -> each.known());
        count(
                basis.meters,
                "withheld",
                each -> each.beyond()
                        + each.withheld().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
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
}
