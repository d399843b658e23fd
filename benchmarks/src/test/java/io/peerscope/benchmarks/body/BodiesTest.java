package io.peerscope.benchmarks.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedInputStream;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class BodiesTest {
    private static final long NOW = 1_763_687_000_000L;
    private static final Fleet FLEET = new Fleet(3, 2, 1);
    private static final String HEADERS = "POST /somewhere HTTP/1.1\r\nHost: here";

    private final Bodies bodies = new Bodies(FLEET);
    private final List<String> hosts = FLEET.hostNames();

    /** A sample as it was read again. */
    private record Sample(Map<String, String> labels, double value, long timestamp) {}

    @Test
    void aRequestIsItsHeadAndItsBody() {
        Body body = bodies.line(hosts);
        String request = new String(new BodyRequest(HEADERS, body).stamped(1, NOW), StandardCharsets.UTF_8);

        assertThat(request)
                .startsWith(HEADERS + "\r\nContent-Length: " + body.size() + "\r\n\r\nbench,host=fleet-0000");
    }

    @Test
    void remoteWriteCanBeReadAgainAtEverySending() throws IOException {
        BodyRequest request = new BodyRequest(HEADERS, bodies.remoteWrite(hosts));
        assertThat(request.samples()).isEqualTo(6);

        List<Sample> first = remoteWrite(Snappy.uncompress(body(request.stamped(1, NOW))));
        List<Sample> second = remoteWrite(Snappy.uncompress(body(request.stamped(2, NOW + 500))));

        assertThat(first).hasSize(6).allMatch(sample -> sample.timestamp() == NOW);
        assertThat(first.getFirst().labels())
                .isEqualTo(Map.of(
                        "__name__", "bench_sensor_00_value",
                        "host", "fleet-0000",
                        "instance", "fleet-0000:9100",
                        "job", "node"));
        assertThat(first.stream().map(Sample::labels)).doesNotHaveDuplicates();
        assertThat(second.stream().map(Sample::labels))
                .containsExactlyElementsOf(first.stream().map(Sample::labels).toList());
        assertThat(second).allMatch(sample -> sample.timestamp() == NOW + 500);
        assertThat(values(second)).isNotEqualTo(values(first));
    }

    @Test
    void everyFormatSaysTheSame() throws IOException {
        BodyRequest line = new BodyRequest(HEADERS, bodies.line(hosts));
        BodyRequest write = new BodyRequest(HEADERS, bodies.remoteWrite(hosts));
        BodyRequest json = new BodyRequest(HEADERS, bodies.json(hosts.getFirst(), 2));
        BodyRequest proto = new BodyRequest(HEADERS, bodies.proto(hosts.getFirst(), 2));
        for (int turn = 0; turn < 3; turn++) {
            long now = NOW + 1000 * turn;
            List<Double> written = values(remoteWrite(Snappy.uncompress(body(write.stamped(turn, now)))));
            assertThat(lineValues(text(line.stamped(turn, now)))).isEqualTo(written);

            PointBatch batch = PointBatchCodec.decode(body(proto.stamped(turn, now)));
            assertThat(batch.sentAt()).isEqualTo(now);
            assertThat(batch.batch()).isEqualTo("bench/%012d".formatted(turn));
            assertThat(batch.points().stream().map(Point::timestamp)).containsExactly(now - 4, now);
            assertThat(batch.points().getFirst().values()).containsExactly(written.get(0), written.get(1));

            JsonNode tree = Json.mapper().readTree(text(json.stamped(turn, now)));
            assertThat(tree.path("batch").asText()).isEqualTo(batch.batch());
            assertThat(tree.at("/points/1/timestamp").asLong()).isEqualTo(now);
            for (int row = 0; row < 2; row++) {
                Point point = batch.points().get(row);
                JsonNode fields = tree.path("points").path(row).path("fields");
                assertThat(fields.path("bench_sensor_00_value").asDouble()).isEqualTo(point.values()[0]);
                assertThat(fields.path("bench_sensor_01_value").asDouble()).isEqualTo(point.values()[1]);
            }
        }
    }

    @Test
    void noTimeIsSentTwiceEvenWhereTheClockStandsStill() {
        BodyRequest request = new BodyRequest(HEADERS, bodies.proto(hosts.getFirst(), 3));
        List<Long> times = new ArrayList<>();
        for (int turn = 0; turn < 4; turn++) {
            PointBatchCodec.decode(body(request.stamped(turn, NOW))).points().forEach(p -> times.add(p.timestamp()));
        }
        assertThat(times).hasSize(12).doesNotHaveDuplicates().isSorted();
    }

    private static List<Double> values(List<Sample> samples) {
        return samples.stream().map(Sample::value).toList();
    }

    private static List<Double> lineValues(String text) {
        Matcher fields = Pattern.compile("_value=([0-9.]+)").matcher(text);
        return fields.results().map(field -> Double.valueOf(field.group(1))).toList();
    }

    private static String text(byte[] request) {
        return new String(body(request), StandardCharsets.UTF_8);
    }

    private static byte[] body(byte[] request) {
        int end = new String(request, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return Arrays.copyOfRange(request, end, request.length);
    }

    private static List<Sample> remoteWrite(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        List<Sample> samples = new ArrayList<>();
        while (in.readTag() != 0) {
            samples.add(series(in.readByteArray()));
        }
        return samples;
    }

    private static Sample series(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        Map<String, String> labels = new TreeMap<>();
        double value = Double.NaN;
        long timestamp = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            CodedInputStream part = CodedInputStream.newInstance(in.readByteArray());
            part.readTag();
            if (tag >>> 3 == 1) {
                String name = part.readString();
                part.readTag();
                labels.put(name, part.readString());
            } else {
                value = part.readDouble();
                part.readTag();
                timestamp = part.readInt64();
            }
        }
        return new Sample(labels, value, timestamp);
    }
}
