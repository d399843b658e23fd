package io.peerscope.query.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.detect.SyntheticNetwork.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series of which it is known when they reach a limit, or that they never do. */
class ForecastTest {
    private static final String RULE = "'id':'full','metric':'filled','detect':'forecast','within':'48h',"
            + "'warning':95,'clear':{'warning':92},'summary':'{{host}} {{explanation}}'";

    private static final int DAY = SyntheticNetwork.DAY;
    private static final int HOUR = 60;
    private static final long SEED = 11;

    /** 1.5 a day from 50: 95 on day 30. */
    private static double disk(int minute, Random random) {
        return 50 + 1.5 * minute / DAY + 0.2 * random.nextGaussian();
    }

    @Test
    void isToldTwoDaysBefore() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Random random = new Random(SEED);
        Subject host = network.add("disk", minute -> disk(minute, random));
        Judgement judged = new Judgement(network, RULE, List.of(host), 27, 29);
        assertThat(judged.fired()).hasSize(1);
        AlertEvent fired = judged.fired().getFirst();
        assertThat(Duration.between(fired.time(), at(30 * DAY))).isBetween(Duration.ofHours(43), Duration.ofHours(49));
        assertThat(fired.data().summary()).matches("disk reaches 95 in 4\\d h at \\+0.06\\d? an hour");
        Instant reached = Objects.requireNonNull(
                Objects.requireNonNull(fired.data().detection()).reachesAt());
        assertThat(Duration.between(reached, at(30 * DAY)).abs()).isLessThan(Duration.ofHours(4));
    }

    @Test
    void isOverOnceSomebodyCleansUp() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Random random = new Random(SEED);
        int cleaned = 29 * DAY + 90;
        Subject host = network.add("disk", minute -> disk(minute, random) - (minute < cleaned ? 0 : 30));
        Judgement judged = new Judgement(network, RULE, List.of(host), 29, 30);
        assertThat(judged.fired()).hasSize(1);
        assertThat(judged.resolved()).singleElement().satisfies(end -> assertThat(end.time())
                .isBetween(at(cleaned), at(cleaned + 10)));
    }

    @Test
    void fallsTowardsALimitFromAbove() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Random random = new Random(SEED);
        Subject host = network.add("free", minute -> 100 - disk(minute, random));
        String rule =
                RULE.replace("'warning':95,'clear':{'warning':92}", "'operator':'<','warning':5,'clear':{'warning':8}");
        Judgement judged = new Judgement(network, rule, List.of(host), 28, 29);
        assertThat(judged.fired()).hasSize(1);
        assertThat(judged.fired().getFirst().data().summary()).contains("reaches 5 in", "at -0.06");
    }

    @ParameterizedTest
    @EnumSource
    void whatGoesNowhereIsNoAlarm(Kind kind) {
        SyntheticNetwork network = new SyntheticNetwork(33);
        String rule = RULE.replace("95,'clear':{'warning':92}", "120");
        Judgement judged = new Judgement(network, rule, network.add(kind, 4, SEED), 30, 32);
        assertThat(judged.withheld()).isEmpty();
        assertThat(judged.fired()).isEmpty();
    }

    @Test
    void whatRisesSlowlyHasTime() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Random random = new Random(SEED);
        Subject host = network.add("disk", minute -> disk(minute, random));
        assertThat(new Judgement(network, RULE, List.of(host), 20, 21).fired()).isEmpty();
    }

    @Test
    void nothingIsSaidOfAYoungHost() {
        SyntheticNetwork network = new SyntheticNetwork(31);
        Random random = new Random(SEED);
        Subject host = network.add("disk", minute -> disk(minute, random));
        Judgement judged = new Judgement(network, RULE, List.of(host), 1, 2);
        assertThat(judged.known()).isZero();
        assertThat(judged.withheld()).containsOnlyKeys(Made.Why.TOO_SHORT);
    }

    private static Instant at(int minute) {
        return Instant.ofEpochMilli(SyntheticNetwork.time(minute));
    }
}
