package io.peerscope.query.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.query.store.FreshDatabase;
import io.peerscope.query.store.Seat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Expectations are made once an hour, however many instances there are. */
class ExpectationRoundTest {
    private static final int HOSTS = 3;
    private static final List<Rule> RULES =
            List.of(Judgement.rule("'id':'odd','metric':'load','detect':'anomaly','warning':5"));
    private static final Instant NOON =
            SyntheticNetwork.MONDAY.plus(Duration.ofDays(30)).plus(Duration.ofHours(12));
    private static final Instant LATER = NOON.plus(Duration.ofMinutes(10));

    @RegisterExtension
    final FreshDatabase database = FreshDatabase.plain();

    private final SyntheticNetwork network = new SyntheticNetwork(31);

    /** One of several. */
    private final class Instance {
        final List<Expectation> told = new ArrayList<>();
        final Seat seat = new Seat(database.get(), "expectations");
        final ExpectationRound round = round(seat::taken);

        List<String> said() {
            return told.stream()
                    .map(each -> new String(Json.encode(each), StandardCharsets.UTF_8))
                    .toList();
        }

        ExpectationRound round(BooleanSupplier ours) {
            return new ExpectationRound(
                    ours, network, new ExpectationMaker(network, MetricCatalogue.load()), told::addAll);
        }
    }

    ExpectationRoundTest() {
        network.add(SyntheticNetwork.Kind.PLAYERS, HOSTS, 7);
    }

    @Test
    void oneOfTwoMakesThemAndTheOtherOnceItIsGone() {
        Instance one = new Instance();
        Instance other = new Instance();
        try (Seat first = one.seat;
                Seat second = other.seat) {
            for (int turn = 0; turn < 3; turn++) {
                one.round.run(RULES, LATER);
                other.round.run(RULES, LATER);
            }
            assertThat(one.told).as("of this hour and the one before").hasSize(2 * HOSTS);
            assertThat(one.round.done()).containsKey("odd");
            assertThat(other.told).isEmpty();
            assertThat(other.round.done()).isEmpty();

            first.close();
            other.round.run(RULES, LATER);
            one.round.run(RULES, LATER);
            assertThat(other.said()).as("the same once more").isEqualTo(one.said());
            assertThat(one.told).hasSize(2 * HOSTS);
            assertThat(one.round.done()).as("it counts none any more").isEmpty();
            second.close();
        }
    }

    @Test
    void whoLosesTheJobInTheMiddleTellsNothingMore() {
        Instance slow = new Instance();
        int[] asked = {0};
        ExpectationRound round = slow.round(() -> ++asked[0] == 1);
        round.run(RULES, LATER);
        assertThat(slow.told).isEmpty();
        assertThat(round.done()).isEmpty();
    }
}
