package io.peerscope.query.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContributionTest {
    private static final double MEGA = 1_000_000;

    @Test
    void whoTakesAndGivesNothingBackRidesFree() {
        Contribution all = Contribution.of(
                Map.of("giver", 90 * MEGA, "fair", 10 * MEGA, "rider", 0.1 * MEGA),
                Map.of("giver", 5 * MEGA, "fair", 10 * MEGA, "rider", 80 * MEGA, "mute", 7 * MEGA));
        assertThat(all.hosts()).extracting(Contribution.Share::host).containsExactly("giver", "fair", "rider", "mute");
        assertThat(all.hosts().stream().filter(Contribution.Share::freeRider).map(Contribution.Share::host))
                .containsExactly("rider");
        assertThat(all.hosts().getFirst().ratio()).isEqualTo(18);
        assertThat(all.hosts().getLast().upBytes()).isNull();
        assertThat(all.hosts().getLast().ratio()).isNull();
        assertThat(all.takers()).isEqualTo(4);
        assertThat(all.freeRiderShare()).isEqualTo(0.25);
        assertThat(all.topTenthShare()).isCloseTo(90 / 100.1, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void nothingIsKnownOfNobody() {
        Contribution none = Contribution.of(Map.of(), Map.of());
        assertThat(none.hosts()).isEmpty();
        assertThat(none.freeRiderShare()).isNull();
        assertThat(none.topTenthShare()).isNull();
    }

    @Test
    void offloadIsOfBytesByContent() {
        List<Contribution.Offload> offload =
                Contribution.Offload.of(Map.of("arena", 30.0, "films", 5.0), Map.of("arena", 10.0, "news", 1.0));
        assertThat(offload).extracting(Contribution.Offload::content).containsExactly("arena", "films", "news");
        assertThat(offload).extracting(Contribution.Offload::ratio).containsExactly(0.75, 1.0, 0.0);
        assertThat(Contribution.Offload.of("", 0, 0).ratio()).isNull();
    }
}
