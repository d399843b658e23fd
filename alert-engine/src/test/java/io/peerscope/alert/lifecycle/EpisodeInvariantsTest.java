package io.peerscope.alert.lifecycle;

import static io.peerscope.alert.Rules.terms;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.alert.AlertCommand;
import io.peerscope.contracts.alert.AlertEvent;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever samples, clock, rule changes and people do: what holds for every episode. */
class EpisodeInvariantsTest {
    private static final int LIVES = 10_000;
    private static final int SECONDS = 400;

    @Test
    void everyEpisodeIsToldInOrderWithOneFiringAndOneEnd() {
        int ended = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            Life life = live(new Random(seed));
            assertThat(life.state())
                    .as("seed %d: nothing is left of a removed rule", seed)
                    .isInstanceOf(AlertState.Quiet.class);
            Map<String, List<AlertEvent>> episodes = life.events.stream()
                    .collect(Collectors.groupingBy(AlertEvent::subject, LinkedHashMap::new, Collectors.toList()));
            for (List<AlertEvent> episode : episodes.values()) {
                check(seed, episode);
                ended++;
            }
        }
        assertThat(ended).isGreaterThan(LIVES);
    }

    private static void check(long seed, List<AlertEvent> episode) {
        List<AlertTransition> told =
                episode.stream().map(AlertEvent::transition).toList();
        assertThat(episode)
                .as("seed %d", seed)
                .extracting(AlertEvent::sequence)
                .isEqualTo(IntStream.rangeClosed(1, episode.size())
                        .mapToObj(n -> (long) n)
                        .toList());
        assertThat(episode).as("seed %d", seed).extracting(AlertEvent::time).isSorted();
        assertThat(count(told, AlertTransition.FIRING))
                .as("seed %d: %s", seed, told)
                .isLessThan(2);
        boolean known = told.contains(AlertTransition.FIRING) || told.contains(AlertTransition.NO_DATA);
        assertThat(told.getLast())
                .as("seed %d: %s", seed, told)
                .isIn(
                        known ? AlertTransition.RESOLVED : AlertTransition.DROPPED,
                        known ? AlertTransition.STEADY : AlertTransition.DROPPED);
        assertThat(count(told, AlertTransition.RESOLVED) + count(told, AlertTransition.DROPPED))
                .as("seed %d: %s", seed, told)
                .isEqualTo(1 + count(told, AlertTransition.REOPENED));
        AlertEvent last = episode.getLast();
        assertThat(last.data().status()).as("seed %d: %s", seed, told).isEqualTo(AlertStatus.RESOLVED);
    }

    private static long count(Collection<AlertTransition> told, AlertTransition transition) {
        return told.stream().filter(t -> t == transition).count();
    }

    private static Life live(Random random) {
        Life life = new Life(rule(random, 1));
        for (int second = 1; second < SECONDS; second++) {
            switch (random.nextInt(40)) {
                case 0 -> life.ruleBecomes(rule(random, second), second);
                case 1 -> life.ruleBecomes(random.nextInt(4) == 0 ? null : rule(random, second), second);
                case 2 -> life.command(any(random), second);
                case 11 -> life.silence(second, second + random.nextInt(40));
                case 12 -> life.silencesTurn(second);
                case 13 -> life.restart();
                case 3, 4, 5, 6, 7, 8, 9 -> life.sample(second, 60 + random.nextInt(45));
                case 10 -> second += random.nextInt(90);
                default -> life.tick(second);
            }
        }
        return life.ruleBecomes(null, SECONDS + 200);
    }

    private static AlertCommand.Action any(Random random) {
        return AlertCommand.Action.values()[random.nextInt(AlertCommand.Action.values().length)];
    }

    private static Terms rule(Random random, int version) {
        int warning = 65 + random.nextInt(20);
        String limits = List.of(
                        "'warning':" + warning,
                        "'warning':" + warning + ",'critical':" + (warning + 10),
                        "'info':" + (warning - 10) + ",'high':" + (warning + 5) + ",'clear':{'high':" + warning + "}",
                        "'critical':" + warning)
                .get(random.nextInt(4));
        return terms("""
                'id':'cpu','version':%d,'metric':'cpu_usage',%s,'duration':%d,'keep_firing_for':%d,
                'no_data':'%s','no_data_after':%d,'flapping':%s""".formatted(
                        version,
                        limits,
                        random.nextInt(3) * 10,
                        random.nextInt(3) * 8,
                        List.of("keep", "resolve", "alert").get(random.nextInt(3)),
                        10 + random.nextInt(50),
                        random.nextInt(4) == 0 ? "false" : "{'times':2,'within':100,'calm_for':30}"));
    }
}
