package io.peerscope.query.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.query.detect.SyntheticNetwork.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series of which it is known what is unusual: it is found, explained, and nothing else is. */
class AnomalyTest {
    /** As docs/detection.md recommends it. */
    private static final String RULE = "'id':'odd','metric':'load','detect':'anomaly','warning':5,'duration':600,"
            + "'clear':{'warning':3},'summary':'{{host}}: {{explanation}}'";

    private static final int DAY = SyntheticNetwork.DAY;
    private static final int HOUR = 60;
    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource
    void theUsualIsNoAlarm(Kind kind) {
        SyntheticNetwork network = new SyntheticNetwork(33);
        Judgement judged = new Judgement(network, RULE, network.add(kind, 4, SEED), 30, 32);
        assertThat(judged.withheld()).isEmpty();
        assertThat(judged.fired()).isEmpty();
    }

    @Test
    void anIncidentIsOneAlertThatSaysWhatWasExpected() {
        SyntheticNetwork network = new SyntheticNetwork(33);
        Subject host = network.add(Kind.PLAYERS, 1, SEED).getFirst();
        int from = 30 * DAY + 3 * HOUR;
        network.incident(host, from, 90, 45);
        Judgement judged = new Judgement(network, RULE, List.of(host), 30, 31);

        AlertEvent fired = judged.fired().getFirst();
        assertThat(judged.fired()).hasSize(1);
        assertThat(Duration.between(at(from), fired.time())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
        assertThat(fired.data().summary()).matches("players0: expected \\d+ to \\d+, got \\d+");
        assertThat(fired.data().detection()).satisfies(why -> {
            assertThat(why.expected()).isCloseTo(35, within(5.0)); // a Wednesday at three
            assertThat(why.low()).isBetween(15.0, 30.0);
            assertThat(why.high()).isBetween(40.0, 55.0);
        });
        assertThat(judged.resolved()).singleElement().satisfies(end -> assertThat(end.time())
                .isBetween(at(from + 90), at(from + 90 + 6)));
    }

    /** That latencies of ten minutes are sane makes no step of seconds usual. */
    @Test
    void theShippedRuleSeesWhatItShould() {
        Rule shipped = DefaultRules.load().stream()
                .filter(rule -> rule.id().equals("unusual_latency"))
                .findFirst()
                .orElseThrow();
        SyntheticNetwork network = new SyntheticNetwork(33);
        Subject host = network.add(Kind.PLAYERS, 1, SEED).getFirst();
        network.incident(host, 30 * DAY + 3 * HOUR, 90, 45);
        Judgement judged = new Judgement(network, shipped.asEnabled(), List.of(host), 30, 31);
        assertThat(judged.fired()).hasSize(1);
        assertThat(judged.resolved()).hasSize(1);
    }

    @Test
    void anIncidentIsNotLearnt() {
        SyntheticNetwork calm = new SyntheticNetwork(33);
        SyntheticNetwork hurt = new SyntheticNetwork(33);
        Subject host = calm.add(Kind.PLAYERS, 1, SEED).getFirst();
        hurt.add(Kind.PLAYERS, 1, SEED);
        hurt.incident(host, 29 * DAY + 6 * HOUR, 180, 45);
        Expectation.Usual before = usual(calm, RULE, host, 30);
        Expectation.Usual after = usual(hurt, RULE, host, 30);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(after.middle()[hour]).isCloseTo(before.middle()[hour], within(3.0));
            assertThat(after.above()[hour]).isLessThan(1.5 * before.above()[hour]);
        }
    }

    @Test
    void aLevelThatStaysIsUsualAfterHalfADay() {
        SyntheticNetwork network = new SyntheticNetwork(34);
        Subject host = network.add(Kind.WANDERING, 1, SEED).getFirst();
        int from = 30 * DAY;
        network.incident(host, from, 4 * DAY, 60);
        Judgement judged = new Judgement(network, RULE, List.of(host), 29, 33);
        assertThat(judged.fired()).hasSize(1);
        assertThat(judged.resolved()).singleElement().satisfies(end -> assertThat(end.time())
                .isBetween(at(from + 11 * HOUR), at(from + 15 * HOUR)));
    }

    @Test
    void aQuietWeekendIsUsualWhereWeeksAreKnown() {
        SyntheticNetwork network = new SyntheticNetwork(35);
        List<Subject> hosts = network.add(Kind.PLAYERS, 2, SEED);
        assertThat(new Judgement(network, RULE, hosts, 32, 35).fired()).isEmpty();
    }

    @Test
    void nothingIsSaidWithTooLittleHistory() {
        SyntheticNetwork network = new SyntheticNetwork(15);
        Subject host = network.add(Kind.PLAYERS, 1, SEED).getFirst();
        String daily = RULE + ",'season':'day'";
        assertThat(made(network, RULE, host, 13)).isEqualTo(new Made.Withheld(Made.Why.TOO_SHORT));
        assertThat(made(network, RULE, host, 14)).isInstanceOf(Made.Known.class);
        assertThat(made(network, daily, host, 2)).isEqualTo(new Made.Withheld(Made.Why.TOO_SHORT));
        assertThat(made(network, daily, host, 3)).isInstanceOf(Made.Known.class);
    }

    @Test
    void whatNeverMovedNeedsAMargin() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Subject host = network.add("still", minute -> minute == 29 * DAY + 7 * HOUR ? 3 : 0);
        assertThat(made(network, RULE, host, 29)).isEqualTo(new Made.Withheld(Made.Why.MOTIONLESS));
        network.incident(host, 29 * DAY + 8 * HOUR, 60, 3);
        Judgement judged = new Judgement(network, RULE + ",'margin':2", List.of(host), 29, 30);
        assertThat(judged.fired()).hasSize(1);
        assertThat(judged.fired().getFirst().data().summary()).startsWith("still: expected -2 to 2, got");
    }

    @Test
    void whatIsConstantMayMoveByAPartOfItself() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Subject host = network.add("still", minute -> minute < 29 * DAY + 8 * HOUR ? 80 : 90);
        Judgement judged = new Judgement(network, RULE, List.of(host), 29, 30);
        assertThat(judged.fired()).hasSize(1);
    }

    @Test
    void hoursThatWereNeverSeenAreNotJudged() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Random random = new Random(SEED);
        Subject host = network.add("nightly", minute -> {
            boolean seen = minute % DAY < 20 * HOUR || minute >= 29 * DAY;
            return seen ? 40 + random.nextGaussian() : Double.NaN;
        });
        network.incident(host, 29 * DAY + 21 * HOUR, 60, 50);
        assertThat(new Judgement(network, RULE, List.of(host), 29, 30).fired()).isEmpty();
    }

    @Test
    void oneSideMayBeBlind() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Subject host = network.add(Kind.PLAYERS, 1, SEED).getFirst();
        network.incident(host, 29 * DAY + 14 * HOUR, 60, -50);
        assertThat(new Judgement(network, RULE + ",'direction':'up'", List.of(host), 29, 30).fired())
                .isEmpty();
        assertThat(new Judgement(network, RULE + ",'direction':'down'", List.of(host), 29, 30).fired())
                .hasSize(1);
    }

    private static Expectation.Usual usual(SyntheticNetwork network, String rule, Subject subject, int day) {
        Made.Known known = (Made.Known) made(network, rule, subject, day);
        return (Expectation.Usual) known.expectation().course();
    }

    private static Made made(SyntheticNetwork network, String fields, Subject subject, int day) {
        Rule rule = Judgement.rule(fields);
        return new ExpectationMaker(network, MetricCatalogue.load())
                .make(rule, (Measure.Detect) rule.measure(), List.of(subject), at(day * DAY))
                .getFirst();
    }

    private static Instant at(int minute) {
        return Instant.ofEpochMilli(SyntheticNetwork.time(minute));
    }
}
