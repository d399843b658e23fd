package io.peerscope.alert.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.Rules;
import io.peerscope.alert.evaluation.EvaluationConfig;
import io.peerscope.alert.rehearsal.Rehearsal;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An hour of three hosts that come, go and flap: live and rehearsed, a rule tells the same, word for word. */
class RehearsalAgreesTest {
    private static final int HOSTS = 3;
    private static final int SECONDS = 3_600;

    @TempDir
    private Path stateDir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'id':'r','metric':'cpu_usage','warning':60,'critical':80",
                "'id':'r','metric':'cpu_usage','warning':60,'critical':80,'duration':45,'keep_firing_for':60",
                "'id':'r','metric':'cpu_usage','high':70,'clear':{'high':40},'duration':20,'no_data':'alert',"
                        + "'no_data_after':90",
                "'id':'r','metric':'cpu_usage','high':70,'no_data':'resolve','no_data_after':60",
                "'id':'r','metric':'cpu_usage','warning':55,'over':'2m','aggregate':'avg','duration':30",
                "'id':'r','metric':'cpu_usage','warning':90,'over':'90s','aggregate':'p95'",
                "'id':'r','metric':'cpu_usage','operator':'>=','critical':1,'over':'45s','aggregate':'absent',"
                        + "'duration':30",
                "'id':'r','ratio':{'of':'connection_failures','to':'connection_attempts'},'over':'3m','critical':0.5",
                "'id':'r','metric':'connection_failures','over':'1m','aggregate':'rate','warning':0.5,"
                        + "'keep_firing_for':30",
                "'id':'r','metric':'cpu_usage','detect':'anomaly','over':'2m','warning':4,'critical':6,'duration':20",
                "'id':'r','metric':'cpu_usage','detect':'forecast','over':'1m','within':'4h','warning':90",
                "'id':'r','state':'sync_status','warning':'behind','critical':['failed'],'duration':10,'no_data':'resolve',"
                        + "'no_data_after':60",
                "'id':'r','group':{'of':'share','when':{'metric':'cpu_usage','limit':60},'min_subjects':2},'warning':0.5,"
                        + "'critical':0.9,'duration':15",
                "'id':'r','group':{'of':'count','when':{'state':'sync_status','is':['behind','failed']}},'operator':'>=',"
                        + "'warning':1,'high':2,'keep_firing_for':20,'no_data':'alert','no_data_after':60",
                "'id':'r','group':{'of':'share','when':{'state':'sync_status','is':'failed'},'by':'host'},'operator':'>=',"
                        + "'warning':1,'duration':20"
            })
    void liveAndRehearsed(String rule) {
        List<AlertEvent> told;
        List<Point> sent = new ArrayList<>();
        try (AlertsDriver alerts = new AlertsDriver(stateDir, new RetainedStores(), 0)) {
            alerts.rule(rule);
            foretold(Rules.rule(rule)).forEach(alerts::expectation);
            play(alerts, sent);
            told = List.copyOf(alerts.events());
        }
        long from = AlertsDriver.time(0).toEpochMilli();
        Rehearsal rehearsal = new Rehearsal(Rules.rule(rule), List.of(), EvaluationConfig.defaults(), from);
        foretold(Rules.rule(rule)).forEach(rehearsal::expectation);
        sent.forEach(rehearsal::point);
        List<AlertEvent> rehearsed = rehearsal.finish(from + SECONDS * 1_000L).events();
        assertThat(told).as("%s tells something", rule).hasSizeGreaterThan(HOSTS);
        assertThat(sorted(rehearsed)).isEqualTo(sorted(told));
    }

    private static List<Expectation> foretold(Rule rule) {
        return switch (rule.measure()) {
            case Measure.Anomaly anomaly ->
                IntStream.range(0, HOSTS)
                        .mapToObj(i -> Foretold.usual(rule, "h" + i, 40, 8))
                        .toList();
            case Measure.Forecast forecast ->
                IntStream.range(0, HOSTS)
                        .mapToObj(i -> Foretold.heading(rule, "h" + i, 50, 95, 2, Duration.ofHours(3)))
                        .toList();
            case Measure.Newest newest -> List.of();
            case Measure.Window window -> List.of();
            case Measure.Ratio ratio -> List.of();
            case Measure.State state -> List.of();
            case Measure.Group group -> List.of();
        };
    }

    private static void play(AlertsDriver alerts, List<Point> sent) {
        Random random = new Random(7);
        double[] load = new double[HOSTS];
        double[] failures = new double[HOSTS];
        double[] attempts = new double[HOSTS];
        long[] away = new long[HOSTS];
        for (int second = 0; second < SECONDS; second += 5) {
            alerts.until(second);
            for (int i = 0; i < HOSTS; i++) {
                if (random.nextInt(120) == 0) {
                    away[i] = second + random.nextInt(600);
                }
                load[i] = Math.clamp(load[i] + random.nextGaussian() * 12, 0, 100);
                attempts[i] += random.nextInt(5);
                failures[i] += random.nextInt(second % 900 < 450 ? 2 : 6);
                if (second >= away[i]) {
                    Point point = point(i, second, load[i], failures[i], attempts[i]);
                    sent.add(point);
                    alerts.send("h" + i, List.of(point), false);
                }
            }
        }
        alerts.until(SECONDS);
    }

    private static Point point(int host, long second, double load, double failures, double attempts) {
        return Point.of(
                new Subject("h" + host, Subject.HOST, Labels.none()),
                AlertsDriver.time(second).toEpochMilli(),
                Map.of("cpu_usage", load, "connection_failures", failures, "connection_attempts", attempts),
                Map.of("sync_status", load > 85 ? "failed" : load > 70 ? "behind" : "synced"));
    }

    /** Hosts live side by side; the order between them is nobody's promise. */
    private static List<AlertEvent> sorted(List<AlertEvent> events) {
        return events.stream()
                .sorted(Comparator.comparing((AlertEvent event) -> event.data().host())
                        .thenComparing(AlertEvent::time)
                        .thenComparing(AlertEvent::sequence))
                .toList();
    }
}
