package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static io.peerscope.ingest.remotewrite.WriteDoor.written;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import io.peerscope.ingest.protobuf.ProtoMessage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Remote write 1.0, each duty of a receiver under its own number. */
class RemoteWrite1Test {
    private static final String[] LOAD = {"__name__", "node_load1", "host", "h1", "job", "node"};

    private final WriteDoor sender = new WriteDoor();

    @AfterEach
    void close() {
        sender.close();
    }

    private static WriteRequests.V1 request() {
        return new WriteRequests.V1();
    }

    private static byte[] load() throws Exception {
        return Snappy.compress(request().sample(0.5, NOW, LOAD).bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-protobuf, snappy",
        "'', snappy",
        "'', ''",
        "application/x-protobuf, ''",
        "application/x-protobuf;proto=prometheus.WriteRequest, snappy",
        "'Application/X-Protobuf; proto=\"prometheus.WriteRequest\"', Snappy"
    })
    void rw1_1_headersMayBeMissing(String type, String encoding) throws Exception {
        var response = sender.send(load(), "Bearer fleet", type, encoding);

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(sender.points()).hasSize(1);
    }

    @Test
    void rw1_1_anEncodingThatIsNamedButEmptyIsNone() throws Exception {
        byte[] body = Snappy.compress(request().sample(1, NOW, LOAD).bytes());

        assertThat(sender.send(body, "Bearer fleet", WriteDoor.V1, " ").statusCode())
                .isEqualTo(204);
    }

    @Test
    void rw1_2_framedSnappyAndGarbageAreRefused() throws Exception {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        try (SnappyFramedOutputStream out = new SnappyFramedOutputStream(framed)) {
            out.write(request().sample(1, NOW, LOAD).bytes());
        }
        for (byte[] body :
                List.of(framed.toByteArray(), request().sample(1, NOW, LOAD).bytes(), new byte[0])) {
            assertThat(sender.send(body, "Bearer fleet", WriteDoor.V1, "snappy").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void rw1_2_aDeclaredLengthAboveTheLimitIsRefusedBeforeAnythingIsSetAside() throws Exception {
        byte[] twoGigabytes = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 0x00, 0x61};

        var response = sender.send(twoGigabytes, "Bearer fleet", WriteDoor.V1, "snappy");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("when decompressed");
    }

    @Test
    void rw1_3_unknownFieldsAreSkippedAndOrderDoesNotCount() throws Exception {
        ProtoMessage series = new ProtoMessage()
                .message(2, new ProtoMessage().integer(2, NOW).integer(9, 7).number(1, 0.5))
                .message(1, WriteRequests.V1.label("__name__", "node_load1"))
                .text(77, "later version")
                .message(1, WriteRequests.V1.label("host", "h1"));

        var response = sender.v1(request().series(series));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(sender.points()).singleElement().satisfies(point -> {
            assertThat(point.subject().host()).isEqualTo("h1");
            assertThat(point.values()).containsExactly(0.5);
        });
    }

    @Test
    void rw1_3_aMessageOfTheOtherVersionIsNotTakenForAnEmptyOne() throws Exception {
        var body = new WriteRequests.V2().sample(1, NOW, LOAD).bytes();

        var response = sender.send(Snappy.compress(body), "Bearer fleet", WriteDoor.V1, "snappy");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("2.0");
    }

    @Test
    void rw1_4_labelsInAnyOrderAreTheSameSubject() throws Exception {
        sender.v1(request()
                .sample(1, NOW, "job", "node", "__name__", "a", "host", "h1", "cpu", "0")
                .sample(2, NOW, "__name__", "b", "cpu", "0", "host", "h1", "job", "node"));

        assertThat(sender.points()).singleElement().satisfies(point -> {
            assertThat(point.subject().labels().asMap()).isEqualTo(Map.of("cpu", "0", "job", "node"));
            assertThat(point.shape().fields()).containsExactly("a", "b");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "host=h1 job=x, no name",
        "__name__= host=h1, no name",
        "__name__=a host=h1 =x, without a name",
        "__name__=a host=h1 cpu=0 cpu=1, stands twice",
        "__name__=a job=x, names the host"
    })
    void rw1_4_wrongLabelsCostTheirSeriesOnly(String labels, String reason) throws Exception {
        String[] pairs = labels.replace(" ", "=").split("=", -1);
        var response = sender.v1(request().sample(1, NOW, pairs).sample(2, NOW, LOAD));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(reason.replace("no name", "without a name"));
        assertThat(sender.points()).hasSize(1);
    }

    @Test
    void rw1_4_valuesAreAnyTextAndEmptyOnesAreNone() throws Exception {
        sender.v1(request().sample(1, NOW, "__name__", "a:b", "host", "h1", "mount", "/srv/größe 😀", "gone", ""));

        assertThat(sender.points().getFirst().subject().labels().asMap()).isEqualTo(Map.of("mount", "/srv/größe 😀"));
    }

    @Test
    void rw1_5_whatIsWrongIsNamedAndTheRestIsKept() throws Exception {
        var response = sender.v1(request()
                .sample(1, NOW, LOAD)
                .sample(1, NOW - 200_000_000L, "__name__", "node_load5", "host", "h1")
                .sample(1, NOW, "__name__", "node_load15", "host", "not a host"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("2 of 3 were not kept")
                .contains("sample 1, older than", "sample 2, not a host name");
        assertThat(sender.points()).hasSize(1);
        assertThat(sender.door.meter.balances()).as("%s", sender.door.meter).isTrue();
    }

    @Test
    void rw1_5_textThatIsNoneCostsItsSeries() throws Exception {
        ProtoMessage series = WriteRequests.V1
                .labels("__name__", "a", "host", "h1")
                .message(1, new ProtoMessage().text(1, "x").bytes(2, new byte[] {(byte) 0xc3, 0x28}))
                .message(2, WriteRequests.sampleOf(1, NOW));

        var response = sender.v1(request().series(series).sample(1, NOW, LOAD));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("not UTF-8");
        assertThat(sender.points()).hasSize(1);
    }

    @Test
    void rw1_6_whatTheSenderCannotHelpIsA5xx() throws Exception {
        sender.log.become(Mood.FAIL);

        var response = sender.send(load(), "Bearer fleet", WriteDoor.V1, "snappy");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After"))
                .hasValueSatisfying(pause -> assertThat(pause).matches("[1-9][0-9]*"));
    }

    @ParameterizedTest
    @CsvSource({"Bearer nobody, 401", "Bearer viewer, 403", "Bearer early, 503"})
    void rw1_6_credentials(String authorization, int status) throws Exception {
        assertThat(sender.send(load(), authorization, WriteDoor.V1, "snappy").statusCode())
                .isEqualTo(status);
    }

    @Test
    void rw1_6_theTokenMayBeThePasswordOfBasic() throws Exception {
        String pair = Base64.getEncoder().encodeToString("prometheus:fleet".getBytes(UTF_8));

        assertThat(sender.send(load(), "Basic " + pair, WriteDoor.V1, "snappy").statusCode())
                .isEqualTo(204);
        assertThat(sender.send(load(), "Basic ???", WriteDoor.V1, "snappy").statusCode())
                .isEqualTo(401);
    }

    @Test
    void rw1_7_theSameBatchAgainIsNoneAndOfTwoValuesTheLaterHolds() throws Exception {
        var request = request().sample(1, NOW, LOAD).sample(2, NOW, LOAD);

        assertThat(sender.v1(request).statusCode()).isEqualTo(204);
        assertThat(sender.v1(request).statusCode()).isEqualTo(204);

        assertThat(sender.points()).singleElement().satisfies(point -> assertThat(point.values())
                .containsExactly(2));
        assertThat(sender.door.meter.of("merged")).isEqualTo(1);
        assertThat(sender.door.meter.balances()).as("%s", sender.door.meter).isTrue();
    }

    @Test
    void rw1_7_aSeriesMayHaveSeveralTimes() throws Exception {
        sender.v1(request()
                .series(WriteRequests.V1
                        .labels(LOAD)
                        .message(2, WriteRequests.sampleOf(1, NOW - 15_000))
                        .message(2, WriteRequests.sampleOf(2, NOW))));

        assertThat(sender.points()).extracting(Point::timestamp).containsExactly(NOW - 15_000, NOW);
    }

    @Test
    void rw1_8_theStaleMarkerAndNumbersThatAreNoneKeepTheirBits() throws Exception {
        long[] bits = {
            Staleness.BITS, 0x7ff8000000000001L, 0x7ff0000000000000L, 0xfff0000000000000L, 0xfff8000000000003L
        };
        var request = request();
        for (int i = 0; i < bits.length; i++) {
            request.series(WriteRequests.V1
                    .labels("__name__", "f" + i, "host", "h1")
                    .message(2, new ProtoMessage().fixed(1, bits[i]).integer(2, NOW)));
        }

        assertThat(sender.v1(request).statusCode()).isEqualTo(204);
        assertThat(Arrays.stream(sender.points().getFirst().values())
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray())
                .isEqualTo(bits);
    }

    @Test
    void rw1_3_exemplarsArePassedOverAndHistogramsAreNot() throws Exception {
        var exemplar = new ProtoMessage().message(1, WriteRequests.V1.label("trace_id", "a"));
        var kept = sender.v1(request()
                .series(WriteRequests.V1
                        .labels(LOAD)
                        .message(2, WriteRequests.sampleOf(1, NOW))
                        .message(3, exemplar.number(2, 1).integer(3, NOW))));
        assertThat(kept.statusCode()).isEqualTo(204);
        assertThat(sender.points()).hasSize(1);

        var partly = sender.v1(request()
                .sample(1, NOW + 1, LOAD)
                .series(WriteRequests.V1
                        .labels("__name__", "h", "host", "h1")
                        .message(4, new ProtoMessage().integer(1, 3))));
        assertThat(partly.statusCode()).isEqualTo(400);
        assertThat(partly.body()).contains("1 of 2", "histograms are not kept");
        assertThat(sender.points()).hasSize(2);
    }

    @Test
    void rw1_9_nothingIsSaidOfWhatWasWritten() throws Exception {
        assertThat(written(sender.v1(request().sample(1, NOW, LOAD)))).containsExactly("", "", "");
        assertThat(written(sender.v1(request().sample(1, NOW, "job", "x")))).containsExactly("", "", "");
    }

    @Test
    void anEmptyRequestIsFine() throws Exception {
        assertThat(sender.v1(request()).statusCode()).isEqualTo(204);
    }

    @Test
    void metadataTellTheTypesOfWhatComesAfter() throws Exception {
        sender.v1(request().metadata(1, "requests").metadata(3, "took_seconds").metadata(2, "depth"));
        sender.v1(request()
                .sample(1, NOW, "__name__", "requests_total", "host", "h1")
                .sample(1, NOW, "__name__", "took_seconds_bucket", "host", "h1")
                .sample(1, NOW, "__name__", "depth", "host", "h1")
                .sample(1, NOW, "__name__", "other", "host", "h1"));
        sender.send(
                Snappy.compress(request()
                        .sample(1, NOW, "__name__", "depth", "host", "h1")
                        .bytes()),
                "Bearer h1",
                WriteDoor.V1,
                "snappy");

        var shape = sender.points().getFirst().shape();
        assertThat(List.of(shape.type(0), shape.type(1), shape.type(2), shape.type(3)))
                .as("of %s", shape.fields())
                .containsExactly(FieldType.GAUGE, FieldType.UNKNOWN, FieldType.COUNTER, FieldType.COUNTER);
        assertThat(sender.points().getLast().shape().type(0))
                .as("what one token says is not true for another")
                .isEqualTo(FieldType.UNKNOWN);
    }
}
