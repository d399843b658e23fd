package io.peerscope.aggregate.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.live.NetworkLive;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewestTotalsTest {
    private final NewestTotals newest = new NewestTotals();
    private long now = 1_000_000;

    private Optional<NetworkLive> tick(int seconds) {
        Optional<NetworkLive> live = Optional.empty();
        for (int second = 0; second < seconds; second++) {
            now += 1000;
            live = newest.tick(now);
        }
        return live;
    }

    private static NetworkTotals hosts(int up, double players) {
        NetworkTotals.Sum sum = new NetworkTotals.Sum();
        for (int host = 0; host < up; host++) {
            sum.host(false);
            sum.players(players);
        }
        return sum.total();
    }

    @Test
    void theNewestOfEachPartitionCounts() {
        newest.put("0", hosts(5, 1));
        newest.put("0", hosts(2, 10));
        newest.put("1", hosts(1, 3));
        NetworkLive live = tick(4).orElseThrow();
        assertThat(live.activeHosts()).isEqualTo(3);
        assertThat(live.totalPlayers()).isEqualTo(23);
        assertThat(live.networkHealth()).isEqualTo(100);
    }

    @Test
    void nothingIsShownBeforeAllHadTheChanceToTell() {
        newest.put("0", hosts(1, 1));
        assertThat(tick(3)).isEmpty();
        assertThat(tick(1)).isPresent();
    }

    @Test
    void aPartitionThatNoLongerTellsIsLeftOutAfterTenSeconds() {
        tick(5);
        newest.put("0", hosts(1, 1));
        newest.put("1", hosts(1, 1));
        assertThat(tick(10).orElseThrow().activeHosts()).isEqualTo(2);
        newest.put("0", hosts(1, 1));
        assertThat(tick(1).orElseThrow().activeHosts()).isEqualTo(1);
        assertThat(tick(10)).as("silence of the aggregator is no empty network").isEmpty();
    }

    @Test
    void whatNobodyKnowsIsNull() {
        newest.put("0", new NetworkTotals.Sum().total());
        NetworkLive live = tick(5).orElseThrow();
        assertThat(live.activeHosts()).isZero();
        assertThat(live.totalPlayers()).isNull();
        assertThat(live.networkHealth()).isNull();
        assertThat(live.averageLatency()).isNull();
        assertThat(live.activeMaps()).isEqualTo(new NetworkLive.ActiveMaps(null, null));
    }

    @Test
    void withoutLinksTheHostsOwnLatencyStands() {
        NetworkTotals.Sum sum = new NetworkTotals.Sum();
        sum.hostLatency(20);
        sum.hostLatency(40);
        newest.put("0", sum.total());
        assertThat(tick(5).orElseThrow().averageLatency()).isEqualTo(30);
        sum.links(2, 0, 1, 7);
        newest.put("0", sum.total());
        assertThat(tick(1).orElseThrow().averageLatency()).isEqualTo(7);
    }
}
