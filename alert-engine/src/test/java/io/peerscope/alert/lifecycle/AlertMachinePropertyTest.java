package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.rule.Terms;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertMachinePropertyTest {
    private static final int SCHEDULES = 20_000;
    private static final int END = 600;
    private static final double[] VALUES = {60, 74, 78, 82, 86, 92, 99};

    @Test
    void theMachineAndThePlainModelTellTheSame() {
        int events = 0;
        for (long seed = 0; seed < SCHEDULES; seed++) {
            Random random = new Random(seed);
            ReferenceModel.Plan plan = plan(random);
            TreeMap<Integer, Double> samples = samples(random);
            List<String> expected = new ReferenceModel(plan).run(samples, END);
            assertThat(ticking(plan, samples, random))
                    .as("seed %d, ticking, %s %s", seed, plan, samples)
                    .isEqualTo(expected);
            if (!plan.noData().equals("alert")) {
                assertThat(backlog(plan, samples))
                        .as("seed %d, without a tick, %s %s", seed, plan, samples)
                        .isEqualTo(expected);
            }
            events += expected.size();
        }
        assertThat(events).as("the schedules are not dull").isGreaterThan(3 * SCHEDULES);
    }

    /** As it happens: a tick each second, and samples that were seen before come again. */
    private static List<String> ticking(ReferenceModel.Plan plan, TreeMap<Integer, Double> samples, Random random) {
        Life life = new Life(rule(plan));
        for (int second = 0; second <= END; second++) {
            Double value = samples.get(second);
            if (value != null) {
                life.sample(second, value);
            }
            Map.Entry<Integer, Double> old = samples.floorEntry(second - random.nextInt(30));
            if (old != null && random.nextInt(20) == 0) {
                life.sample(old.getKey(), 160 - old.getValue());
            }
            life.tick(second);
        }
        return life.told();
    }

    /** As after a long stop of the evaluator: nothing but samples. */
    private static List<String> backlog(ReferenceModel.Plan plan, Map<Integer, Double> samples) {
        Life life = new Life(rule(plan));
        samples.forEach(life::sample);
        return life.told();
    }

    private static TreeMap<Integer, Double> samples(Random random) {
        TreeMap<Integer, Double> samples = new TreeMap<>();
        double value = 60;
        int pace = 1 + random.nextInt(12);
        for (int second = random.nextInt(5); second < END - 100; ) {
            value = random.nextInt(4) == 0 ? VALUES[random.nextInt(VALUES.length)] : value;
            samples.put(second, value);
            second += random.nextInt(25) == 0 ? 15 + random.nextInt(120) : 1 + random.nextInt(pace);
        }
        samples.put(END, 0.0);
        return samples;
    }

    private static ReferenceModel.Plan plan(Random random) {
        double[] limits = {80, 85, 90};
        double[] clears =
                random.nextBoolean() ? limits : new double[] {75 + random.nextInt(6), 77 + random.nextInt(9), 88};
        return new ReferenceModel.Plan(
                limits,
                clears,
                List.of(0, 5, 30, 70).get(random.nextInt(4)),
                List.of(0, 0, 15, 50).get(random.nextInt(4)),
                List.of("keep", "resolve", "alert").get(random.nextInt(3)),
                10 + random.nextInt(80),
                (int) (Life.STALE_AFTER / 1000));
    }

    private static Terms rule(ReferenceModel.Plan plan) {
        return terms("""
                'id':'cpu','metric':'cpu_usage','warning':%s,'high':%s,'critical':%s,
                'clear':{'warning':%s,'high':%s,'critical':%s},'duration':%d,'keep_firing_for':%d,
                'no_data':'%s','no_data_after':%d""".formatted(
                        plan.limit()[0],
                        plan.limit()[1],
                        plan.limit()[2],
                        plan.clear()[0],
                        plan.clear()[1],
                        plan.clear()[2],
                        plan.duration(),
                        plan.keep(),
                        plan.noData(),
                        plan.noDataAfter()));
    }
}
