package io.peerscope.aggregate.live;

import static io.peerscope.aggregate.Sent.T0;
import static io.peerscope.aggregate.Sent.cpu;
import static io.peerscope.aggregate.Sent.link;
import static io.peerscope.aggregate.Sent.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peerscope.aggregate.AggregatorMeter;
import io.peerscope.aggregate.Sent;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.MapLive;
import io.peerscope.contracts.live.PartLive;
import io.peerscope.contracts.live.PeerQuality;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveHostTest {
    private static final LiveConfig CONFIG =
            new LiveConfig(3, Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofDays(7), 4, 2, 2);

    private final LiveHost host = new LiveHost(() -> CONFIG, "a", T0);

    private int hear(long now, Point... points) {
        return host.hear(Sent.batch("a", now, List.of(points)), now, now - T0);
    }

    private static LinksLive links(int fresh, int impaired, Double latency, PeerQuality... worst) {
        return new LinksLive(fresh, impaired, latency, null, null, List.of(), List.of(worst));
    }

    @Test
    void threeThatTakeLongestAndThreeThatLoseMostAreNamed() {
        LiveConfig roomy = new LiveConfig(3, Duration.ofSeconds(5), Duration.ofHours(24), Duration.ofDays(7), 4, 2, 20);
        LiveHost busy = new LiveHost(() -> roomy, "a", T0);
        List<Point> links = IntStream.range(0, 10)
                .mapToObj(i -> link("a", "p" + i, T0, 100 - i, i < 8 ? 0 : i))
                .toList();
        busy.hear(Sent.batch("a", T0, links), T0, 0);

        assertThat(busy.emit(T0 + 1_000).links().worst())
                .extracting(PeerQuality::peer)
                .containsExactly("p0", "p1", "p2", "p9", "p8");
    }

    /** Such come first where a state is read again, or a link begins by failing. */
    @Test
    void reportsOfOtherFieldsOfALinkLeaveRoomForItsLatency() {
        Subject subject = link("a", "b", T0, 10, 0).subject();
        LiveHostCodec codec = new LiveHostCodec(() -> CONFIG);
        for (int second = 0; second <= 10; second += 5) {
            double bytes = 1_000.0 * second;
            hear(
                    T0 + second * 1_000,
                    Point.of(
                            subject,
                            T0 + second * 1_000,
                            Map.of(
                                    "latency_ms",
                                    10.0,
                                    "packet_loss",
                                    0.0,
                                    "bytes_sent",
                                    bytes,
                                    "bytes_received",
                                    bytes)));
        }
        LiveHost restored = codec.decode(codec.encode(host));
        assertThat(restored.emit(T0 + 11_000).links().averageLatencyMs()).isEqualTo(10);

        Point failing = Point.of(subject, T0 + 50_000, Map.of("bandwidth_mbps", 0.0, "packet_loss", 100.0));
        LiveHost fresh = new LiveHost(() -> CONFIG, "a", T0);
        fresh.hear(Sent.batch("a", T0 + 50_000, List.of(failing)), T0 + 50_000, 0);
        fresh.hear(Sent.batch("a", T0 + 55_000, List.of(link("a", "b", T0 + 55_000, 20, 0))), T0 + 55_000, 0);
        assertThat(fresh.emit(T0 + 55_000).links().averageLatencyMs()).isEqualTo(20);
    }

    @Test
    void mapsAreFreshForAMinuteAndLinksForHalfOfIt() {
        hear(T0, map("a", "m", "p2p", T0, 3, "online"), link("a", "b", T0, 10, 0), link("a", "c", T0, 300, 0));
        HostLive now = host.emit(T0 + 1_000);
        assertThat(now.maps()).extracting(MapLive::map).containsExactly("m");
        assertThat(now.maps().getFirst().states()).isEqualTo(Map.of("map_status", "online"));
        assertThat(now.links())
                .isEqualTo(links(2, 1, 155.0, new PeerQuality("c", 300.0, 0.0), new PeerQuality("b", 10.0, 0.0)));
        assertThat(host.emit(T0 + 40_000).links()).isEqualTo(new LinksLive(0, 0, null));
        assertThat(host.emit(T0 + 61_000).maps()).isEmpty();
    }

    @Test
    void aMapThatMovesIsTheSameMap() {
        hear(T0, map("a", "m", "p2p", T0, 3, "online"));
        hear(T0 + 1_000, map("a", "m", "vps", T0 + 1_000, 4, "online"));
        hear(T0 + 2_000, map("a", "m", "p2p", T0 - 5_000, 1, "offline"));
        assertThat(host.emit(T0 + 2_000).maps()).singleElement().satisfies(seen -> {
            assertThat(seen.hosting()).isEqualTo("vps");
            assertThat(seen.fields()).isEqualTo(Map.of("player_count", 4.0));
            assertThat(seen.states()).isEqualTo(Map.of("map_status", "online"));
        });
    }

    @Test
    void whatThereIsNoRoomForIsRefusedAndCounted() {
        assertThat(hear(T0, Sent.host("a", T0, Map.of("f1", 1.0, "f2", 2.0, "f3", 3.0))))
                .isZero();
        assertThat(hear(T0, Sent.host("a", T0, Map.of("f1", 5.0, "f4", 4.0, "f5", 5.0))))
                .isEqualTo(2);
        assertThat(hear(T0, link("a", "b", T0, 1, 0), link("a", "c", T0, 1, 0), link("a", "d", T0, 1, 0)))
                .isEqualTo(1);
        assertThat(hear(T0 + 40_000, link("a", "e", T0 + 40_000, 1, 0)))
                .as("stale links make room")
                .isZero();
        assertThat(host.emit(T0).fields()).isEqualTo(Map.of("f1", 5.0, "f2", 2.0, "f3", 3.0));
    }

    private static Point part(String kind, Map<String, String> labels, long time, Map<String, Double> fields) {
        return Point.of(new Subject("a", kind, Labels.of(labels)), time, fields);
    }

    @Test
    void poolsProtocolsAndCountsByTypeAreKeptByPart() {
        hear(
                T0,
                part("host", Map.of("region", "eu"), T0, Map.of("cpu_usage", 5.0)),
                part("host", Map.of("region", "eu", "type", "chat"), T0, Map.of("message_count", 3.0)),
                part("host", Map.of("region", "eu", "type", "move"), T0, Map.of("message_count", 9.0)),
                part("resource", Map.of("region", "eu", "resource", "outbound"), T0, Map.of("pool_active", 2.0)),
                part("protocol", Map.of("protocol", "task"), T0, Map.of("submitted", 7.0)));
        LiveHost restored = new LiveHostCodec(() -> CONFIG).decode(new LiveHostCodec(() -> CONFIG).encode(host));
        for (LiveHost each : List.of(host, restored)) {
            assertThat(each.emit(T0 + 1_000).parts())
                    .extracting(PartLive::kind, PartLive::labels, PartLive::fields)
                    .containsExactly(
                            tuple("host", Map.of("type", "chat"), Map.of("message_count", 3.0)),
                            tuple("host", Map.of("type", "move"), Map.of("message_count", 9.0)),
                            tuple("protocol", Map.of("protocol", "task"), Map.of("submitted", 7.0)),
                            tuple("resource", Map.of("resource", "outbound"), Map.of("pool_active", 2.0)));
            assertThat(each.emit(T0 + 1_000).fields()).isEqualTo(Map.of("cpu_usage", 5.0));
            assertThat(each.emit(T0 + 61_000).parts()).isEmpty();
        }
    }

    @Test
    void aHostThatCallsItselfOfATypeHasNoPartsForThat() {
        hear(T0, part("host", Map.of("type", "game"), T0, Map.of("cpu_usage", 5.0)));
        assertThat(host.emit(T0).parts()).isEmpty();
    }

    @Test
    void aFieldThatEndsIsGoneAtOnceAndStaysSoAgainstWhatIsOlder() {
        hear(T0, Sent.host("a", T0, Map.of("f1", 1.0, "f2", 2.0)));
        hear(T0 + 1000, Sent.host("a", T0 + 1000, Map.of("f1", Staleness.MARKER)));
        assertThat(host.emit(T0 + 1000).fields()).isEqualTo(Map.of("f2", 2.0));
        LiveHost restored = new LiveHostCodec(() -> CONFIG).decode(new LiveHostCodec(() -> CONFIG).encode(host));
        for (LiveHost each : List.of(host, restored)) {
            each.hear(Sent.batch("a", T0 + 2000, List.of(Sent.host("a", T0 + 500, Map.of("f1", 7.0)))), T0 + 2000, 0);
            assertThat(each.emit(T0 + 2000).fields()).isEqualTo(Map.of("f2", 2.0));
            each.hear(Sent.batch("a", T0 + 3000, List.of(Sent.host("a", T0 + 3000, Map.of("f1", 8.0)))), T0 + 3000, 0);
            assertThat(each.emit(T0 + 3000).fields()).isEqualTo(Map.of("f1", 8.0, "f2", 2.0));
        }
    }

    @Test
    void whatHasEndedMakesRoom() {
        hear(T0, Sent.host("a", T0, Map.of("f1", 1.0, "f2", 2.0, "f3", 3.0, "f4", 4.0)));
        hear(T0, Sent.host("a", T0 + 1, Map.of("f1", Staleness.MARKER, "f2", Staleness.MARKER)));
        assertThat(hear(T0, Sent.host("a", T0 + 2, Map.of("f5", 5.0, "f6", 6.0))))
                .isZero();
        assertThat(host.emit(T0).fields()).isEqualTo(Map.of("f3", 3.0, "f4", 4.0, "f5", 5.0, "f6", 6.0));
    }

    @Test
    void whatIsNoNumberIsPassedOver() {
        hear(T0, Sent.host("a", T0, Map.of("f1", 1.0)));
        hear(T0, Sent.host("a", T0 + 1, Map.of("f1", Double.NaN, "f2", Double.POSITIVE_INFINITY)));
        assertThat(host.emit(T0).fields()).isEqualTo(Map.of("f1", 1.0));
    }

    @Test
    void linksAndMapsWhoseFieldsHaveAllEndedAreGone() {
        hear(T0, map("a", "m", "p2p", T0, 3, "online"), link("a", "b", T0, 10, 0), link("a", "c", T0, 300, 0));
        hear(
                T0,
                Point.of(
                        new Subject("a", Subject.MAP, Labels.of(Map.of("map", "m", "hosting", "p2p"))),
                        T0 + 1,
                        Map.of("player_count", Staleness.MARKER)),
                link("a", "c", T0 + 1, Staleness.MARKER, Staleness.MARKER),
                link("a", "never seen", T0 + 1, Staleness.MARKER, Staleness.MARKER));
        assertThat(host.emit(T0).links()).isEqualTo(links(1, 0, 10.0, new PeerQuality("b", 10.0, 0.0)));
        assertThat(host.emit(T0).maps()).isEmpty();
    }

    @Test
    void aHostMeasuredInPartsIsLabelledByTheWhole() {
        Subject whole = new Subject("a", Subject.HOST, Labels.of("region", "eu"));
        Subject part = new Subject("a", Subject.HOST, Labels.of(Map.of("region", "eu", "cpu", "0")));
        hear(T0, Point.of(part, T0, Map.of("f1", 1.0)), Point.of(whole, T0, Map.of("f2", 2.0)));
        hear(T0 + 5_000, Point.of(part, T0 + 5_000, Map.of("f1", 1.0)));
        assertThat(host.emit(T0 + 5_000).labels()).isEqualTo(Map.of("region", "eu"));
    }

    @Test
    void silenceFollowsTheHostsOwnPace() {
        for (int minute = 0; minute < 3; minute++) {
            hear(T0 + minute * 60_000L, cpu("a", T0, 1));
        }
        long last = T0 + 120_000;
        assertThat(host.judge(last - T0 + 185_000, last + 185_000)).isEqualTo(LiveHost.Verdict.SAME);
        assertThat(host.judge(last - T0 + 185_001, last + 185_001)).isEqualTo(LiveHost.Verdict.CHANGED);
        assertThat(host.judge(last - T0 + 186_000, last + 186_000)).isEqualTo(LiveHost.Verdict.SAME);
        assertThat(host.judge(0, last + Duration.ofHours(25).toMillis())).isEqualTo(LiveHost.Verdict.CHANGED);
        assertThat(host.emit(last).status().word()).isEqualTo("left");
        assertThat(host.judge(0, last + Duration.ofDays(6).toMillis())).isEqualTo(LiveHost.Verdict.SAME);
        assertThat(host.judge(0, last + Duration.ofDays(8).toMillis())).isEqualTo(LiveHost.Verdict.FORGOTTEN);
    }

    @Test
    void anOutageDoesNotMakeTheNextOneGoUnnoticed() {
        ReportInterval interval = new ReportInterval(0);
        assertThat(interval.expected()).isEqualTo(60_000);
        interval.observe(5_000);
        assertThat(interval.expected()).isEqualTo(5_000);
        interval.observe(6 * 3_600_000);
        assertThat(interval.expected()).isLessThan(10_000);
        interval.observe(10);
        for (int i = 0; i < 40; i++) {
            interval.observe(60_000);
        }
        assertThat(interval.expected()).isBetween(55_000.0, 60_000.0);
        interval.observe(-1);
        assertThat(interval.observed()).isEqualTo(interval.expected());
    }

    @Test
    void theStoreGivesBackWhatItWasGiven() {
        hear(T0, cpu("a", T0, 1), map("a", "m", "p2p", T0, 3, "online"), link("a", "b", T0, 10, 0));
        hear(T0 + 5_000, Sent.host("a", T0 - 60_000, Map.of("load1", 7.0)), map("a", "m", "p2p", T0 + 1, 4, "offline"));
        host.judge(T0, T0);
        LiveHostCodec codec = new LiveHostCodec(() -> CONFIG);
        LiveHost again = codec.decode(codec.encode(host));
        assertThat(again.emit(T0 + 6_000)).isEqualTo(host.emit(T0 + 6_000));
        assertThat(again.intervalMillis()).isEqualTo(5_000);
        again.hear(Sent.batch("a", T0, List.of(cpu("a", T0 - 1, 99))), T0, 0);
        assertThat(again.emit(T0 + 6_000).fields())
                .as("still newest by event time")
                .containsEntry("cpu_usage", 1.0);
    }

    @Test
    void tellsItsNewestPointOfAnyKindAndWhatItsClockWasOffBy() {
        Point stream =
                Point.of(new Subject("a", Subject.STREAM, Labels.of("stream", "s1")), T0 + 7, Map.of("fps", 60.0));
        host.hear(new PointBatch("a", "", 0, T0 + 9, "", -2000, false, List.of(stream, cpu("a", T0, 1))), T0 + 9, 9);
        hear(T0 + 5_000, cpu("a", T0 - 60_000, 1));

        HostLive now = host.emit(T0 + 6_000);
        assertThat(now.newest()).isEqualTo(Instant.ofEpochMilli(T0 + 7));
        assertThat(now.clockSkewMs()).isEqualTo(-2000);
        LiveHostCodec codec = new LiveHostCodec(() -> CONFIG);
        assertThat(codec.decode(codec.encode(host)).emit(T0 + 6_000)).isEqualTo(now);
    }

    @Test
    void theStoreOfAnEarlierVersionIsRead() {
        hear(T0, cpu("a", T0, 1));
        LiveHostCodec codec = new LiveHostCodec(() -> CONFIG);
        ByteBuffer now = ByteBuffer.wrap(codec.encode(host));
        ByteBuffer before = ByteBuffer.allocate(now.capacity() - 16).put((byte) 1);
        before.put(now.slice(1, 17)).put(now.slice(34, now.capacity() - 34));

        HostLive again = codec.decode(before.array()).emit(T0 + 1_000);
        assertThat(again.newest()).isNull();
        assertThat(again.fields()).containsEntry("cpu_usage", 1.0);
    }

    @Test
    void aForgottenHostLeavesATombstone() {
        Map<String, String> told = new HashMap<>();
        TaskHosts hosts = new TaskHosts(() -> CONFIG, AggregatorMeter.silent(), new TaskHosts.HostShelf() {
            @Override
            public void conclude(PointBatch derived) {
                throw new AssertionError(derived.toString());
            }

            @Override
            public void load(Map<String, LiveHost> into) {}

            @Override
            public void show(String name, LiveHost shown, long wallClock) {
                told.put(name, shown.emit(wallClock).status().word());
            }

            @Override
            public void forget(String name, long wallClock) {
                told.put(name, "tombstone");
            }
        });
        hosts.add(Sent.batch("a", T0, List.of(cpu("a", T0, 1))), T0, T0);
        for (int second = 0; second < 200; second++) {
            hosts.tick(T0 + second * 1000L);
        }
        assertThat(told).isEqualTo(Map.of("a", "silent"));
        assertThat(hosts.tick(T0 + Duration.ofHours(25).toMillis()).silent()).isZero();
        assertThat(told).isEqualTo(Map.of("a", "left"));
        hosts.tick(T0 + Duration.ofDays(8).toMillis());
        assertThat(told).isEqualTo(Map.of("a", "tombstone"));
    }
}
