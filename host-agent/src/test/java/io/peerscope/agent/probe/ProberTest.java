package io.peerscope.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.agent.report.Point;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class ProberTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final ProbeTiming TIMING = new ProbeTiming(Duration.ofSeconds(1), 60, Duration.ofSeconds(2));
    private static final Peer H2 = Peer.parse("h2=10.0.0.2:8090/relay");
    private static final InetSocketAddress AT_H2 = new InetSocketAddress("10.0.0.2", 8090);

    private final Prober prober = new Prober(TIMING, new Random(1));
    private final FakeNetwork network = new FakeNetwork(prober);

    @Test
    void an_even_way_is_told_as_it_is() {
        Point point = after(Duration.ofSeconds(30), sequence -> List.of(40 * MILLI));
        assertThat(point.kind()).isEqualTo("connection");
        assertThat(point.labels()).isEqualTo(Map.of("peer", "h2", "path", "relay"));
        assertThat(point.fields())
                .isEqualTo(Map.of("latency_ms", 40.0, "jitter_ms", 0.0, "packet_loss", 0.0, "quality_score", 93.3));
        assertThat(point.states())
                .isEqualTo(Map.of("connection_state", "connected", "connection_quality", "excellent"));
    }

    @Test
    void jitter_is_that_of_rfc_3550() {
        // Differences of 16 ms each time: J grows towards them by a sixteenth of what is missing.
        Point point = after(Duration.ofSeconds(41), sequence -> List.of((sequence % 2 == 0 ? 20 : 36) * MILLI));
        assertThat(point.fields().get("jitter_ms")).isCloseTo(16 * (1 - Math.pow(15 / 16.0, 39)), within(0.7));
        assertThat(point.fields().get("latency_ms")).isCloseTo(28, within(0.3));
    }

    @Test
    void loss_is_the_share_of_the_window_that_never_came() {
        assertThat(after(Duration.ofSeconds(200), sequence -> sequence % 4 == 0 ? List.of() : List.of(5 * MILLI))
                        .fields())
                .containsEntry("packet_loss", 25.0);
    }

    @Test
    void what_comes_twice_or_late_or_in_another_order_is_not_lost() {
        Point point = after(
                Duration.ofSeconds(100),
                sequence -> sequence % 3 == 0 ? List.of(3500 * MILLI) : List.of(10 * MILLI, 11 * MILLI, 900 * MILLI));
        assertThat(point.fields().get("packet_loss")).isLessThan(4);
        assertThat(point.states()).containsEntry("connection_state", "connected");
    }

    @Test
    void a_probe_that_is_still_on_its_way_is_not_lost() {
        assertThat(after(Duration.ofMillis(1500), sequence -> List.of(1900 * MILLI))
                        .fields())
                .isEmpty();
        assertThat(after(Duration.ofSeconds(1), sequence -> List.of(1900 * MILLI))
                        .fields())
                .containsEntry("packet_loss", 0.0);
    }

    @Test
    void a_peer_that_never_answers_fails() {
        assertThat(after(Duration.ofSeconds(2), sequence -> List.of()).states())
                .isEqualTo(Map.of("connection_state", "connecting"));
        Point point = after(Duration.ofSeconds(10), sequence -> List.of());
        assertThat(point.states()).isEqualTo(Map.of("connection_state", "failed"));
        assertThat(point.fields()).isEqualTo(Map.of("packet_loss", 100.0));
    }

    @Test
    void a_peer_that_stops_answering_is_disconnected_and_comes_back() {
        LongFunction<List<Long>> fate = sequence -> sequence >= 20 && sequence < 40 ? List.of() : List.of(5 * MILLI);
        assertThat(after(Duration.ofSeconds(20), fate).states()).containsEntry("connection_state", "connected");
        Point gone = after(Duration.ofSeconds(15), fate);
        assertThat(gone.states()).isEqualTo(Map.of("connection_state", "disconnected"));
        assertThat(gone.fields()).doesNotContainKeys("latency_ms", "jitter_ms", "quality_score");
        assertThat(after(Duration.ofSeconds(10), fate).states()).containsEntry("connection_state", "connected");
        assertThat(after(Duration.ofSeconds(70), fate).fields()).containsEntry("packet_loss", 0.0);
    }

    @Test
    void a_machine_that_slept_has_lost_nothing() {
        after(Duration.ofSeconds(30), sequence -> List.of(5 * MILLI));
        network.now += 3600 * SECOND;
        Point point = after(Duration.ofSeconds(5), sequence -> List.of(5 * MILLI));
        assertThat(point.fields()).containsEntry("packet_loss", 0.0);
        assertThat(network.asked).isLessThan(40);
    }

    @Test
    void nobody_can_answer_who_has_not_seen_the_question() {
        Random guess = new Random(2);
        after(Duration.ofSeconds(10), sequence -> List.of());
        for (int i = 0; i < 100_000; i++) {
            prober.heard(new Echo(Echo.Kind.ANSWER, guess.nextLong(), i % 10), network.now);
        }
        assertThat(prober.points(network.now).getFirst().states()).containsEntry("connection_state", "failed");
    }

    @Test
    void many_peers_are_asked_one_after_the_other_and_those_that_go_are_forgotten() {
        Map<Peer, Optional<InetSocketAddress>> peers = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            peers.put(
                    new Peer("p" + i, "10.0.1." + i, 8090, "direct"),
                    Optional.of(new InetSocketAddress("10.0.1." + i, 8090)));
        }
        prober.probe(peers, network.now);
        network.run(500 * MILLI);
        assertThat(network.asked).isBetween(30L, 70L);
        network.run(9500 * MILLI);
        assertThat(network.asked).isBetween(950L, 1050L);
        prober.probe(Map.of(H2, Optional.empty()), network.now);
        network.run(10 * SECOND);
        assertThat(network.asked).isLessThan(1050L);
        assertThat(prober.points(network.now)).singleElement().satisfies(point -> assertThat(point.states())
                .isEqualTo(Map.of("connection_state", "failed")));
    }

    private Point after(Duration time, LongFunction<List<Long>> fate) {
        network.path(AT_H2, fate);
        prober.probe(Map.of(H2, Optional.of(AT_H2)), network.now);
        network.run(time.toNanos());
        return prober.points(network.now).getFirst();
    }
}
