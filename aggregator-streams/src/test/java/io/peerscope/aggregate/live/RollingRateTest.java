package io.peerscope.aggregate.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.contracts.point.Staleness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingRateTest {
    private static final long T0 = 1_000_000;

    private final RollingRate rate = new RollingRate();

    private void seconds(double second, double value) {
        rate.add(T0 + Math.round(second * 1000), value);
    }

    private double now() {
        return rate.perSecond(0).orElse(Double.NaN);
    }

    @Test
    void oneValueSaysNothingTwoSayHowFast() {
        seconds(0, 500);
        assertThat(rate.perSecond(0)).isEmpty();
        seconds(5, 1000);
        assertThat(now()).isEqualTo(100);
        assertThat(rate.seconds()).isEqualTo(5);
        assertThat(rate.perSecond(T0 + 5001)).as("too old").isEmpty();
    }

    @Test
    void theWindowRollsOnAndForgets() {
        for (int second = 0; second <= 600; second += 5) {
            seconds(second, second <= 300 ? 10 * second : 3000 + 50 * (second - 300));
            if (second == 330) {
                assertThat(now()).isCloseTo(30, within(1e-9)); // half of it at 10, half at 50
            }
        }
        assertThat(now()).isEqualTo(50);
        assertThat(rate.seconds()).isEqualTo(60);
    }

    @Test
    void aCounterThatStartsAgainCountsFromZero() {
        seconds(0, 10_000);
        seconds(10, 11_000);
        seconds(20, 200);
        seconds(30, 1200);
        assertThat(now()).isCloseTo((1000 + 200 + 1000) / 30.0, within(1e-9));
    }

    @Test
    void overAGapWhatGrewIsSpreadEvenly() {
        seconds(0, 0);
        seconds(300, 30_000);
        assertThat(now()).isCloseTo(100, within(1e-9));
        seconds(330, 30_000);
        assertThat(now()).isCloseTo(50, within(1e-9));
    }

    @Test
    void orderAndRepetitionDoNotMatter() {
        List<double[]> all = new ArrayList<>();
        Random random = new Random(3);
        double total = 0;
        for (int second = 0; second <= 58; second++) {
            total = second == 30 ? 0 : total + random.nextInt(100);
            all.add(new double[] {second, total});
        }
        all.forEach(each -> seconds(each[0], each[1]));
        double ordered = now();
        RollingRate shuffled = new RollingRate();
        all.addAll(all.subList(10, 20));
        Collections.shuffle(all, random);
        all.forEach(each -> shuffled.add(T0 + (long) each[0] * 1000, each[1]));
        assertThat(shuffled.perSecond(0)).hasValue(ordered);
    }

    @Test
    void whatIsOlderThanTheWindowIsPassedOver() {
        seconds(100, 1000);
        seconds(110, 2000);
        seconds(20, 77_777);
        assertThat(now()).isEqualTo(100);
    }

    @Test
    void manyValuesASecondTakeNoMoreRoom() {
        for (int i = 0; i <= 100_000; i++) {
            seconds(i / 50.0, 20.0 * i);
        }
        assertThat(now()).isCloseTo(1000, within(1.0));
    }

    @Test
    void anEndIsAnEndAndWhatIsNoNumberIsNothing() {
        seconds(0, 0);
        seconds(10, 1000);
        seconds(20, Double.NaN);
        assertThat(now()).isEqualTo(100);
        seconds(30, Staleness.MARKER);
        assertThat(rate.perSecond(0)).isEmpty();
    }

    @Test
    void whatIsRememberedGoesOnAtTheSameRate() {
        for (int second = 0; second <= 100; second += 5) {
            seconds(second, second == 70 ? 0 : 100 * second);
        }
        RollingRate restored = new RollingRate();
        rate.remembered().forEach(restored::add);
        assertThat(restored.perSecond(0).orElseThrow()).isCloseTo(now(), within(1e-9));
        assertThat(restored.seconds()).isEqualTo(rate.seconds());
        assertThat(rate.remembered()).hasSize(2);
    }
}
