package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.Subject;
import io.peerscope.ingest.admission.Sender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;

/** Whose series it is, of what, and whether what is remembered of it can be trusted. */
class SeriesIdentityTest {
    private final WriteDoor sender = new WriteDoor();

    private double value;

    @AfterEach
    void close() {
        sender.close();
    }

    /** Each time another value, or it would be the same batch again. */
    private int write(String token, String... labels) throws Exception {
        byte[] body = Snappy.compress(
                new WriteRequests.V1().sample(++value, NOW, labels).bytes());
        return sender.send(body, "Bearer " + token, WriteDoor.V1, "snappy").statusCode();
    }

    private Subject subject() {
        return sender.points().getLast().subject();
    }

    @ParameterizedTest
    @CsvSource({
        "host=h7 instance=10.0.0.7:9100, h7, instance",
        "host.name=h7 instance=10.0.0.7:9100, h7, instance",
        "host.id=h7 instance=10.0.0.7:9100, h7, instance",
        "instance=10.0.0.7:9100 job=node, 10.0.0.7:9100, job"
    })
    void aFleetsSeriesNameTheirHost(String labels, String host, String left) throws Exception {
        String[] pairs = ("__name__=a " + labels).replace(" ", "=").split("=", -1);

        assertThat(write("fleet", pairs)).isEqualTo(204);
        assertThat(subject().host()).isEqualTo(host);
        assertThat(subject().labels().asMap()).containsOnlyKeys(left);
    }

    @Test
    void aHostsOwnTokenSuppliesTheHost() throws Exception {
        assertThat(write("h1", "__name__", "a", "instance", "localhost:9100", "host.id", "4711"))
                .isEqualTo(204);
        assertThat(subject().host()).isEqualTo("h1");
        assertThat(subject().labels().asMap()).isEqualTo(Map.of("instance", "localhost:9100", "host.id", "4711"));
    }

    @ParameterizedTest
    @CsvSource({"host", "host.name"})
    void aHostsOwnTokenWritesForNobodyElse(String label) throws Exception {
        byte[] body = Snappy.compress(new WriteRequests.V1()
                .sample(1, NOW, "__name__", "a")
                .sample(1, NOW, "__name__", "a", label, "h2")
                .bytes());

        assertThat(sender.send(body, "Bearer h1", WriteDoor.V1, "snappy").statusCode())
                .isEqualTo(403);
        assertThat(sender.log.appended).isEmpty();
    }

    @Test
    void whatOneTokensBytesMeanIsNotToldToAnother() throws Exception {
        String[] labels = {"__name__", "a", "instance", "10.0.0.7:9100"};
        write("fleet", labels);
        assertThat(subject().host()).isEqualTo("10.0.0.7:9100");
        write("h1", labels);
        assertThat(subject().host()).isEqualTo("h1");
        write("fleet", labels);
        assertThat(subject().host()).isEqualTo("10.0.0.7:9100");
    }

    @ParameterizedTest
    @CsvSource({
        "rtt_ms, peer, connection",
        "player_count, map, map",
        "anything, session, session",
        "node_netstat_Tcp_InSegs, protocol, host",
        "kube_pod_container_resource_requests, resource, host",
        "cpu_usage, resource, resource",
        "cpu_usage, peer, host"
    })
    void theKindFollowsTheLabelsThatTellSubjectsApart(String field, String label, String kind) throws Exception {
        write("h1", "__name__", field, label, "x");

        assertThat(subject().kind()).isEqualTo(kind);
        assertThat(subject().labels().asMap()).isEqualTo(Map.of(label, "x"));
    }

    @Test
    void aKindThatIsNamedHolds() throws Exception {
        write("h1", "__name__", "a", "kind", "shard", "peer", "x");

        assertThat(subject().kind()).isEqualTo("shard");
        assertThat(subject().labels().asMap()).isEqualTo(Map.of("peer", "x"));
    }

    @Test
    void oneRequestOfManyHostsBecomesABatchForEachWithARowForEachTime() throws Exception {
        var request = new WriteRequests.V1();
        for (String name : List.of("a", "b")) {
            for (int host = 0; host < 3; host++) {
                request.sample(host, NOW, "__name__", name, "host", "h" + host);
            }
        }
        sender.v1(request);

        assertThat(sender.log.appended).extracting(PointBatch::host).containsExactly("h0", "h1", "h2");
        assertThat(sender.points())
                .hasSize(3)
                .allSatisfy(point -> assertThat(point.shape().fields()).containsExactly("a", "b"));
    }

    @Test
    void aHostMayHaveThousandsOfFieldsAtOneTime() throws Exception {
        var request = new WriteRequests.V1();
        IntStream.range(0, 1201).forEach(i -> request.sample(i, NOW, "__name__", "f" + i, "host", "h1"));

        assertThat(sender.v1(request).statusCode()).isEqualTo(204);
        assertThat(sender.points()).extracting(point -> point.values().length).containsExactly(500, 500, 201);
    }

    @Test
    void everNewSeriesTakeNoMoreMemoryThanTheyMay() {
        SeriesCache cache = new SeriesCache(1, 256, 16_384);
        SeriesReading reading = new SeriesReading(1, MetricCatalogue.load());
        for (int i = 0; i < 5_000; i++) {
            byte[] block = WriteRequests.V1
                    .labels("__name__", "a", "host", "h" + i, "x", "y".repeat(i % 200))
                    .bytes();
            SeriesLookup lookup = new SeriesLookup(reading, cache, new Sender.AnyHost());
            Series first = lookup.of(block, 0, block.length);
            assertThat(lookup.of(block, 0, block.length)).isSameAs(first);
            assertThat(cache.table().rows()).isBetween(1, 256);
            assertThat(cache.table().bytes()).isLessThanOrEqualTo(16_384);
        }
    }

    @Test
    void seriesInAnyOrderAreThemselves() {
        SeriesCache cache = new SeriesCache(1, 1 << 14, 1 << 20);
        SeriesReading reading = new SeriesReading(1, MetricCatalogue.load());
        List<byte[]> blocks = new ArrayList<>(IntStream.range(0, 3_000)
                .mapToObj(i -> WriteRequests.V1
                        .labels("__name__", "a" + i % 20, "host", "h" + i / 20)
                        .bytes())
                .toList());
        Random random = new Random(1);
        for (int round = 0; round < 10; round++) {
            SeriesLookup lookup = new SeriesLookup(reading, cache, new Sender.AnyHost());
            for (byte[] block : blocks) {
                assertThat(lookup.of(block, 0, block.length))
                        .isEqualTo(reading.read(new Sender.AnyHost(), block, 0, block.length));
            }
            Collections.rotate(blocks, random.nextInt(3_000));
            Collections.swap(blocks, random.nextInt(3_000), random.nextInt(3_000));
        }
        assertThat(cache.table().rows()).isEqualTo(3_000);
    }
}
