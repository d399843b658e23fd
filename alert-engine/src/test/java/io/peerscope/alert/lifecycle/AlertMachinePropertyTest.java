package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.AlertCommand;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random lives of alerts, told by the machine and by a model of a hundred lines, and what flaps by one of its own. To the
 * machine a window, a ratio or a forecast is a value like any other, which comes with the sample that it ends with: that is
 * all they need of it. What a window measures is for {@code WindowsTest}.
 */
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
            int[] flapping = random.nextInt(4) == 0
                    ? new int[] {0, 1, 1}
                    : new int[] {1 + random.nextInt(4), 60 + random.nextInt(200), 10 + random.nextInt(150)};
            Map<Integer, String> acts = random.nextInt(3) == 0 ? acts(random) : Map.of();
            List<String> moves = new ReferenceModel(plan).run(samples, acts, END);
            List<String> expected = new FlapsModel(flapping).tell(moves, END);
            Terms rule = rule(plan, flapping);
            assertThat(ticking(rule, samples, acts, random))
                    .as("seed %d, ticking, %s %s %s", seed, plan, samples, acts)
                    .isEqualTo(expected);
            if (!plan.noData().equals("alert") && acts.isEmpty()) {
                assertThat(backlog(rule, samples))
                        .as("seed %d, without a tick, %s %s", seed, plan, samples)
                        .isEqualTo(new FlapsModel(flapping).tell(moves, END - 1));
            }
            events += expected.size();
        }
        assertThat(events).as("the schedules are not dull").isGreaterThan(3 * SCHEDULES);
    }

    /** As it happens: a tick each second, samples that were seen before come again, and the process starts anew. */
    private static List<String> ticking(
            Terms rule, TreeMap<Integer, Double> samples, Map<Integer, String> acts, Random random) {
        Life life = new Life(rule);
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
            switch (acts.getOrDefault(second, "")) {
                case "by_hand" -> life.command(AlertCommand.Action.RESOLVE, second);
                case "rule_removed" -> life.ruleBecomes(null, second);
                default -> {}
            }
            if (random.nextInt(50) == 0) {
                life.restart();
            }
        }
        return life.told();
    }

    /** As after a long stop of the evaluator: nothing but samples. */
    private static List<String> backlog(Terms rule, Map<Integer, Double> samples) {
        Life life = new Life(rule);
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

    /** The rule is removed and comes back, or somebody closes the alert. */
    private static Map<Integer, String> acts(Random random) {
        Map<Integer, String> acts = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            acts.put(random.nextInt(END), random.nextInt(4) == 0 ? "rule_removed" : "by_hand");
        }
        return acts;
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

    private static Terms rule(ReferenceModel.Plan plan, int[] flapping) {
        return terms("""
                'id':'cpu','metric':'cpu_usage','warning':%s,'high':%s,'critical':%s,
                'clear':{'warning':%s,'high':%s,'critical':%s},'duration':%d,'keep_firing_for':%d,
                'no_data':'%s','no_data_after':%d,'flapping':%s""".formatted(
                plan.limit()[0],
                plan.limit()[1],
                plan.limit()[2],
                plan.clear()[0],
                plan.clear()[1],
                plan.clear()[2],
                plan.duration(),
                plan.keep(),
                plan.noData(),
                plan.noDataAfter(),
                flapping[0] == 0
                        ? "false"
                        : "{'times':%d,'within':%d,'calm_for':%d}".formatted(flapping[0], flapping[1], flapping[2])));
    }
}
