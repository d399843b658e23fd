package io.peerscope.simulator.world;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Event;
import io.peerscope.simulator.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldTest {
    private static final Instant ORIGIN = Instant.parse("2026-03-14T18:00:00Z");
    private static final Duration TICK = Duration.ofSeconds(5);

    private final World world = new World(24, 7, ORIGIN);

    @Test
    void the_same_seed_and_time_give_the_same_world_in_whatever_order_it_is_asked() {
        World other = new World(24, 7, ORIGIN);
        Instant later = ORIGIN.plusSeconds(300);
        List<Batch> lateFirst = other.at(later);
        assertThat(other.at(ORIGIN)).isEqualTo(world.at(ORIGIN));
        assertThat(world.at(later)).isEqualTo(lateFirst);
    }

    @Test
    void another_seed_is_another_world() {
        assertThat(new World(24, 8, ORIGIN).at(ORIGIN)).isNotEqualTo(world.at(ORIGIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 60})
    void every_field_is_in_the_catalogue_and_sane(int hosts) {
        MetricCatalogue catalogue = MetricCatalogue.load();
        points(new World(hosts, 3, ORIGIN)).forEach(point -> point.fields().forEach((field, value) -> assertThat(
                        catalogue.find(field))
                .as(field)
                .hasValueSatisfying(known -> {
                    assertThat(known.kinds()).as(field).contains(point.kind());
                    assertThat(known.sane(value)).as("%s=%s", field, value).isTrue();
                })));
    }

    @Test
    void a_subject_is_reported_at_most_once_by_a_batch() {
        ticks().flatMap(at -> world.at(at).stream()).forEach(batch -> {
            Set<String> subjects = batch.points().stream()
                    .map(point -> point.kind() + point.labels())
                    .collect(toSet());
            assertThat(subjects).hasSize(batch.points().size());
        });
    }

    @Test
    void all_is_marked_as_simulated() {
        assertThat(world.at(ORIGIN)).allSatisfy(batch -> assertThat(batch.labels())
                .containsEntry("simulated", "true")
                .containsKey("region"));
    }

    @Test
    void every_page_has_something_to_show_from_the_first_tick() {
        List<Batch> batches = world.at(ORIGIN);
        assertThat(batches).hasSize(24);
        Set<String> kinds = batches.stream()
                .flatMap(batch -> batch.points().stream())
                .map(Measurement::kind)
                .collect(toSet());
        assertThat(kinds).containsExactlyInAnyOrder("host", "map", "connection", "stream", "resource", "protocol");
        assertThat(batches).allSatisfy(batch -> assertThat(connections(batch)).hasSizeBetween(2, 12));
        double average = batches.stream()
                .mapToInt(batch -> connections(batch).size())
                .average()
                .orElse(0);
        assertThat(average).isBetween(4.0, 8.0);
        assertThat(labelsOf(batches, "map", "hosting")).containsExactlyInAnyOrder("p2p", "vps");
        assertThat(labelsOf(batches, "connection", "path")).containsExactlyInAnyOrder("direct", "relay");
    }

    @Test
    void whoever_watches_a_stream_has_a_session_and_shipped_limits_are_kept() {
        MetricCatalogue catalogue = MetricCatalogue.load();
        List<Measurement> views = world.watchedAt(ORIGIN).stream()
                .flatMap(batch -> batch.points().stream())
                .toList();
        assertThat(views)
                .hasSizeGreaterThan(10)
                .allSatisfy(view -> assertThat(view.labels()).containsKeys("stream", "session", "user"))
                .allSatisfy(view ->
                        assertThat(view.fields().get("buffer_level_seconds")).isGreaterThan(2))
                .allSatisfy(view -> view.fields().forEach((field, value) -> assertThat(catalogue.find(field))
                        .as(field)
                        .hasValueSatisfying(known -> assertThat(known.kinds()).contains(view.kind()))));
        assertThat(views.stream().map(Measurement::labels).distinct()).hasSameSizeAs(views);
        assertThat(new World(24, 7, ORIGIN).watchedAt(ORIGIN)).isEqualTo(world.watchedAt(ORIGIN));
    }

    @Test
    void what_happens_is_told_once_whatever_the_interval() {
        Instant end = ORIGIN.plus(Script.ROUND.multipliedBy(2));
        List<Event> all = world.happened(ORIGIN, ORIGIN.plus(Script.ROUND));
        List<Event> pieces = new ArrayList<>(all);
        pieces.addAll(world.happened(ORIGIN.plus(Script.ROUND), end));
        List<Event> ticks = Stream.iterate(ORIGIN, at -> at.isBefore(end), at -> at.plusSeconds(5))
                .flatMap(at -> world.happened(at, at.plusSeconds(5)).stream())
                .toList();
        assertThat(ticks).containsExactlyElementsOf(pieces).doesNotHaveDuplicates();
        assertThat(all.stream().map(Event::type).collect(toSet()))
                .containsExactlyInAnyOrder("circuit_breaker", "failover", "discovery", "security");
    }

    @Test
    void a_peer_that_was_lost_is_there_again_at_the_end_of_a_round() {
        Map<String, String> last = new HashMap<>();
        world.happened(ORIGIN, ORIGIN.plus(Script.ROUND)).stream()
                .filter(event -> event.type().equals("circuit_breaker"))
                .forEach(event -> last.put(event.host() + '>' + event.peer(), event.to()));
        assertThat(last).isNotEmpty().allSatisfy((link, state) -> assertThat(state)
                .isEqualTo("closed"));
        assertThat(new World(1, 7, ORIGIN).happened(ORIGIN, ORIGIN.plusSeconds(700)))
                .allSatisfy(event -> assertThat(event.type()).isEqualTo("security"));
    }

    @Test
    void both_ends_report_a_link_and_nearly_agree() {
        Map<String, Double> seen = new HashMap<>();
        world.at(ORIGIN).forEach(batch -> connections(batch)
                .forEach(link -> seen.put(
                        batch.host() + '>' + link.labels().get("peer"),
                        link.fields().get("latency_ms"))));
        seen.forEach((pair, latency) -> {
            String[] ends = pair.split(">");
            assertThat(seen).containsKey(ends[1] + '>' + ends[0]);
            assertThat(latency / seen.getOrDefault(ends[1] + '>' + ends[0], 0.0))
                    .isBetween(0.9, 1.1);
        });
    }

    @Test
    void players_of_a_host_are_those_of_its_maps() {
        assertThat(world.at(ORIGIN.plusSeconds(60))).allSatisfy(batch -> assertThat(host(batch, "player_count"))
                .isEqualTo(batch.points().stream()
                        .filter(point -> point.kind().equals("map"))
                        .mapToDouble(point -> point.fields().get("player_count"))
                        .sum()));
    }

    @Test
    void without_an_incident_no_shipped_threshold_is_crossed() {
        Stream.iterate(ORIGIN.minus(Duration.ofDays(1)), at -> at.isBefore(ORIGIN), at -> at.plusSeconds(600))
                .flatMap(at -> world.at(at).stream())
                .forEach(batch -> {
                    assertThat(host(batch, "cpu_usage")).isLessThan(80);
                    assertThat(host(batch, "memory_usage")).isLessThan(75);
                    assertThat(host(batch, "error_rate")).isLessThan(5);
                    assertThat(host(batch, "sync_delay")).isLessThan(1000);
                    assertThat(host(batch, "latency")).isLessThan(150);
                    assertThat(host(batch, "player_count")).isBetween(1.0, 100.0);
                    assertThat(connections(batch)).allSatisfy(link -> {
                        assertThat(link.fields().get("latency_ms")).isLessThan(200);
                        assertThat(link.fields().get("packet_loss")).isLessThan(5);
                    });
                });
    }

    @Test
    void an_overload_is_visible_within_a_minute_and_lasts_longer_than_the_patient_rules() {
        assertThat(hottest(ORIGIN.plusSeconds(45), batch -> host(batch, "cpu_usage")))
                .isGreaterThan(90);
        assertThat(hottest(ORIGIN.plusSeconds(45), batch -> host(batch, "sync_delay")))
                .isGreaterThan(1000);
        assertThat(hottest(ORIGIN.plusSeconds(390), batch -> host(batch, "cpu_usage")))
                .isGreaterThan(90);
        assertThat(hottest(ORIGIN.plusSeconds(440), batch -> host(batch, "cpu_usage")))
                .isLessThan(80);
    }

    @Test
    void a_host_falls_silent_its_peers_lose_it_and_it_comes_back() {
        Set<String> speaking = hostsAt(ORIGIN.plusSeconds(125));
        Set<String> silent = new HashSet<>(world.hosts());
        silent.removeAll(speaking);
        assertThat(silent).hasSize(1);
        String lost = silent.iterator().next();

        assertThat(towards(lost, ORIGIN.plusSeconds(125))).isNotEmpty().allSatisfy(link -> assertThat(link.states())
                .containsEntry("connection_state", "failed"));
        assertThat(towards(lost, ORIGIN.plusSeconds(150))).isEmpty();
        assertThat(hostsAt(ORIGIN.plusSeconds(270))).contains(lost);
    }

    @Test
    void links_flip_to_a_relay_and_degrade_for_a_while() {
        long before = relayed(ORIGIN);
        assertThat(relayed(ORIGIN.plusSeconds(60))).isGreaterThan(before);
        assertThat(relayed(ORIGIN.plusSeconds(300))).isEqualTo(before);
        assertThat(hottest(ORIGIN.plusSeconds(60), WorldTest::worstLoss)).isGreaterThan(5);
        assertThat(hottest(ORIGIN.plusSeconds(300), WorldTest::worstLoss)).isLessThan(5);
    }

    @Test
    void the_evening_is_fuller_than_the_morning() {
        double evening = players(Instant.parse("2026-03-10T19:30:00Z"));
        double morning = players(Instant.parse("2026-03-10T06:30:00Z"));
        assertThat(evening).isGreaterThan(1.3 * morning);
    }

    @Test
    void a_world_of_no_hosts_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new World(0, 1, ORIGIN))
                .withMessageContaining("hosts");
    }

    private double players(Instant at) {
        return world.at(at).stream()
                .mapToDouble(batch -> host(batch, "player_count"))
                .sum();
    }

    private long relayed(Instant at) {
        return world.at(at).stream()
                .flatMap(batch -> connections(batch).stream())
                .filter(link -> "relay".equals(link.labels().get("path")))
                .count();
    }

    private List<Measurement> towards(String peer, Instant at) {
        return world.at(at).stream()
                .flatMap(batch -> connections(batch).stream())
                .filter(link -> peer.equals(link.labels().get("peer")))
                .toList();
    }

    private double hottest(Instant at, ToDoubleFunction<Batch> measure) {
        return world.at(at).stream().mapToDouble(measure).max().orElse(0);
    }

    private Set<String> hostsAt(Instant at) {
        return world.at(at).stream().map(Batch::host).collect(toSet());
    }

    private static double worstLoss(Batch batch) {
        return connections(batch).stream()
                .mapToDouble(link -> link.fields().get("packet_loss"))
                .max()
                .orElse(0);
    }

    private static Set<String> labelsOf(List<Batch> batches, String kind, String label) {
        return batches.stream()
                .flatMap(batch -> batch.points().stream())
                .filter(point -> point.kind().equals(kind))
                .map(point -> point.labels().getOrDefault(label, ""))
                .collect(toSet());
    }

    private static List<Measurement> connections(Batch batch) {
        return batch.points().stream()
                .filter(point -> point.kind().equals("connection"))
                .toList();
    }

    private static double host(Batch batch, String field) {
        return batch.points().getFirst().fields().getOrDefault(field, 0.0);
    }

    private static Stream<Measurement> points(World world) {
        return ticks().flatMap(at -> world.at(at).stream()).flatMap(batch -> batch.points().stream());
    }

    /** More than one round of the script, at odd distances. */
    private static Stream<Instant> ticks() {
        return LongStream.range(0, 80).mapToObj(n -> ORIGIN.plus(TICK.multipliedBy(n * 3)));
    }
}
