package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static io.peerscope.ingest.remotewrite.WriteDoor.written;
import static io.peerscope.ingest.remotewrite.WriteRequests.sampleOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import io.peerscope.ingest.protobuf.ProtoMessage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** Remote write 2.0, each duty of a receiver under its own number. */
class RemoteWrite2Test {
    private static final String[] LOAD = {"__name__", "node_load1", "host", "h1", "job", "node"};

    private final WriteDoor sender = new WriteDoor();

    @AfterEach
    void close() {
        sender.close();
    }

    private static WriteRequests.V2 request() {
        return new WriteRequests.V2();
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-protobuf;proto=io.prometheus.write.v2.Request, 204",
        "'application/x-protobuf; proto=io.prometheus.write.v2.Request', 204",
        "application/x-protobuf;proto=prometheus.WriteRequest, 400",
        "application/x-protobuf, 400"
    })
    void rw2_1_theContentTypeAloneChoosesTheMessage(String type, int status) throws Exception {
        byte[] body = Snappy.compress(request().sample(1, NOW, LOAD).bytes());

        assertThat(sender.send(body, "Bearer fleet", type, "snappy").statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, snappy",
        "image/png, snappy",
        "application/x-protobuf;proto=io.prometheus.write.v3.Request, snappy",
        "application/x-protobuf;proto, snappy",
        "application/x-protobuf;proto=io.prometheus.write.v2.Request, gzip",
        "application/x-protobuf;proto=io.prometheus.write.v2.Request, deflate",
        "application/x-protobuf;proto=io.prometheus.write.v2.Request, identity",
        "application/x-protobuf, zstd"
    })
    void rw2_2_whatIsNotUnderstoodIs415EvenWithABrokenBody(String type, String encoding) throws Exception {
        var response = sender.send("no snappy".getBytes(UTF_8), "Bearer fleet", type, encoding);

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(written(response)).containsExactly("", "", "");
    }

    @Test
    void rw2_3_readsTheLayout() throws Exception {
        var request = request();
        ProtoMessage metadata = new ProtoMessage()
                .integer(1, 1)
                .integer(3, request.symbol("help"))
                .integer(4, request.symbol("s"));
        ProtoMessage series = request.labels("__name__", "requests_total", "host", "h1")
                .message(2, sampleOf(7, NOW).integer(3, NOW - 60_000))
                .message(5, metadata);

        var response = sender.v2(request.series(series));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(sender.points()).singleElement().satisfies(point -> {
            assertThat(point.shape().fields()).containsExactly("requests_total");
            assertThat(point.shape().type(0)).isEqualTo(FieldType.COUNTER);
            assertThat(point.values()).containsExactly(7);
        });
    }

    @Test
    void rw2_3_aMessageOfTheOtherVersionIsNotTakenForAnEmptyOne() throws Exception {
        byte[] body =
                Snappy.compress(new WriteRequests.V1().sample(1, NOW, LOAD).bytes());

        var response = sender.send(body, "Bearer fleet", WriteDoor.V2, "snappy");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("1.0");
        assertThat(written(response)).containsExactly("0", "0", "0");
    }

    @Test
    void rw2_4_startTimesWhereverTheyStandCostNothing() throws Exception {
        var request = request();
        request.series(request.labels(LOAD).message(2, sampleOf(1, NOW)).integer(6, NOW - 60_000));
        request.series(request.labels("__name__", "b_total", "host", "h1")
                .message(2, sampleOf(1, NOW).integer(3, 0)));

        assertThat(sender.v2(request).statusCode()).isEqualTo(204);
        assertThat(sender.points()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {9999, -1, Long.MAX_VALUE, 1L << 32})
    void rw2_5_referencesBeyondTheSymbolsAre400(long reference) throws Exception {
        var request = request().sample(1, NOW, LOAD);
        request.series(new ProtoMessage().packed(1, 1, reference).message(2, sampleOf(1, NOW)));

        var response = sender.v2(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("symbol that does not exist");
        assertThat(written(response)).containsExactly("1", "0", "0");
    }

    @Test
    void rw2_5_anOddNumberOfReferencesIs400() throws Exception {
        var request = request();
        request.series(new ProtoMessage()
                .packed(1, request.symbol("__name__"), request.symbol("a"), request.symbol("host"))
                .message(2, sampleOf(1, NOW)));

        var response = sender.v2(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("without its value");
    }

    @Test
    void rw2_5_theFirstSymbolIsEmpty() throws Exception {
        ProtoMessage message = new ProtoMessage()
                .text(4, "__name__")
                .text(4, "a")
                .message(5, new ProtoMessage().packed(1, 0, 1).message(2, sampleOf(1, NOW)));

        var response = sender.send(Snappy.compress(message.bytes()), "Bearer h1", WriteDoor.V2, "snappy");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("first symbol");
    }

    @Test
    void rw2_5_referencesMayAlsoComeOneByOne() throws Exception {
        var request = request();
        ProtoMessage series = new ProtoMessage();
        for (String label : LOAD) {
            series.integer(1, request.symbol(label));
        }

        assertThat(sender.v2(request.series(series.message(2, sampleOf(1, NOW))))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void rw2_6_namesAreAnyUtf8() throws Exception {
        var response = sender.v2(request()
                .sample(1, NOW, "__name__", "http.server.größe of all", "host", "h1", "url.path", "/a\nb=\"c\""));

        assertThat(response.statusCode()).isEqualTo(204);
        var point = sender.points().getFirst();
        assertThat(point.shape().fields()).containsExactly("http.server.größe of all");
        assertThat(point.subject().labels().asMap()).isEqualTo(Map.of("url.path", "/a\nb=\"c\""));
    }

    @Test
    void rw2_6_aSeriesNeedsLabelsAndANameAndOnlyOneSortOfSamples() throws Exception {
        var request = request();
        request.series(new ProtoMessage().message(2, sampleOf(1, NOW)));
        request.sample(1, NOW, "host", "h1");
        request.sample(1, NOW, "__name__", "", "host", "h1");
        request.series(request.labels(LOAD).message(2, sampleOf(1, NOW)).message(3, new ProtoMessage()));

        var response = sender.v2(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(written(response)).containsExactly("0", "0", "0");
        assertThat(sender.points()).isEmpty();
    }

    @Test
    void rw2_7_allWrittenIs204WithoutABody() throws Exception {
        var response = sender.v2(request().sample(1, NOW, LOAD));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void rw2_8_countsAreToldOnSuccessAndFailure() throws Exception {
        assertThat(written(sender.v2(request().sample(1, NOW, LOAD).sample(2, NOW - 1, LOAD))))
                .containsExactly("2", "0", "0");
        assertThat(written(sender.send("x".getBytes(UTF_8), "Bearer fleet", WriteDoor.V2, "snappy")))
                .containsExactly("0", "0", "0");
    }

    @Test
    void rw2_9_writtenMeansDurableInKafka() throws Exception {
        sender.log.become(Mood.FAIL);

        var response = sender.v2(request().sample(1, NOW, LOAD));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(written(response)).containsExactly("0", "0", "0");
    }

    @Test
    void rw2_10_aPartialWriteIs400WithTrueCounts() throws Exception {
        var response = sender.v2(request()
                .sample(1, NOW, LOAD)
                .sample(1, NOW, "job", "nameless", "host", "h1")
                .sample(1, NOW, "__name__", "b", "host", "h1")
                .sample(1, NOW, "__name__", "c", "host", "h2"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("1 of 4 were not kept").contains("sample 1, a series without a name");
        assertThat(written(response)).containsExactly("3", "0", "0");
        assertThat(sender.door.meter.balances()).as("%s", sender.door.meter).isTrue();
    }

    @Test
    void rw2_11_aRequestThatIsSentAgainIsWrittenOnceAndCountedInFull() throws Exception {
        var request = request().sample(1, NOW, LOAD).sample(1, NOW, "__name__", "b", "host", "h2");

        assertThat(written(sender.v2(request))).containsExactly("2", "0", "0");
        assertThat(written(sender.v2(request))).containsExactly("2", "0", "0");
        assertThat(sender.points()).hasSize(2);
    }

    @Test
    void rw2_12_histogramsAndExemplarsAreRefusedInWordsAndSamplesKept() throws Exception {
        var request = request();
        request.series(request.labels(LOAD)
                .message(2, sampleOf(1, NOW))
                .message(4, new ProtoMessage().number(2, 1).integer(3, NOW)));
        request.series(request.labels("__name__", "took", "host", "h1").message(3, new ProtoMessage().integer(1, 5)));

        var response = sender.v2(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("2 of 3").contains("histograms are not kept", "exemplars are not kept");
        assertThat(written(response)).containsExactly("1", "0", "0");
        assertThat(sender.points()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, UNKNOWN", "2, GAUGE", "4, GAUGE", "5, GAUGE", "6, GAUGE", "7, GAUGE", "99, UNKNOWN"})
    void rw2_12_noTypeOfMetadataFails(int type, FieldType stored) throws Exception {
        var request = request();
        request.series(
                request.labels(LOAD).message(2, sampleOf(1, NOW)).message(5, new ProtoMessage().integer(1, type)));

        assertThat(sender.v2(request).statusCode()).isEqualTo(204);
        assertThat(sender.points().getFirst().shape().type(0)).isEqualTo(stored);
    }

    @Test
    void rw2_13_metadataAloneAreFineAndExemplarsAloneAreNot() throws Exception {
        var metadata = request();
        metadata.series(metadata.labels(LOAD).message(5, new ProtoMessage().integer(1, 2)));
        var exemplar = request();
        exemplar.series(exemplar.labels(LOAD).message(4, new ProtoMessage().number(2, 1)));

        var first = sender.v2(metadata);
        var second = sender.v2(exemplar);

        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(written(first)).containsExactly("0", "0", "0");
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("exemplars are not kept");
    }

    @Test
    void rw2_14_whatAnswersAreForIsInTheStore() throws Exception {
        sender.v2(request()
                .sample(93.5, NOW, "__name__", "cpu_usage", "host", "h1")
                .sample(12, NOW, "__name__", "player_count", "host", "h1", "map", "arena"));

        assertThat(sender.points())
                .hasSize(2)
                .allSatisfy(point -> assertThat(point.subject().host()).isEqualTo("h1"));
        assertThat(sender.points().getLast().subject().kind()).isEqualTo("map");
    }
}
