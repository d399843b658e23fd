package io.peerscope.query.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GameViewTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static HostLive host(String name, HostStatus status, Map<String, Double> fields, MapLive... maps) {
        return new HostLive(
                name,
                status,
                NOW,
                NOW,
                NOW,
                0,
                Map.of("region", "eu"),
                fields,
                List.of(maps),
                new LinksLive(0, 0, null),
                false);
    }

    private static MapLive map(String name, String hosting, double players, double items) {
        return new MapLive(
                name, hosting, NOW, Map.of("player_count", players, "item_count", items, "tick_ms", items), Map.of());
    }

    @Test
    void whatMapsTellIsAddedUpWhereTheHostTellsNothing() {
        GameView view = GameView.of(List.of(
                host("a", HostStatus.UP, Map.of("player_count", 9.0), map("m", "p2p", 3, 10), map("n", "vps", 4, 20)),
                host("b", HostStatus.DEGRADED, Map.of("currency_supply", 500.0), map("o", "p2p", 20, 5)),
                host("gone", HostStatus.LEFT, Map.of("player_count", 99.0))));
        assertThat(view.totals()).isEqualTo(new GameView.Totals(3, 29.0, null, null, 35.0, 500.0));
        assertThat(view.hosts()).extracting(GameView.Host::host).containsExactly("b", "a");
        assertThat(view.hosts().getLast().slowestTickMs()).isEqualTo(20);
        assertThat(view.hosting()).containsExactly(new GameView.Part("p2p", 2, 23.0), new GameView.Part("vps", 1, 4.0));
        assertThat(view.regions()).containsExactly(new GameView.Part("eu", 3, 29.0));
    }

    @Test
    void whatDriftedMostComesFirst() {
        Drift.Place m = new Drift.Place("a", "m");
        Drift.Place n = new Drift.Place("a", "n");
        List<Drift> drifts = Drift.of(
                "item_count",
                Map.of(m, 110.0, n, 50.0, new Drift.Place("a", "new"), 7.0),
                Map.of(m, 100.0, n, 100.0),
                10);
        assertThat(drifts).extracting(Drift::of).containsExactly("n", "m");
        assertThat(drifts).extracting(Drift::percent).containsExactly(-50.0, 10.0);
    }
}
