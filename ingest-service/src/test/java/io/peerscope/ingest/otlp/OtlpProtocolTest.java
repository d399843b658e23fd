package io.peerscope.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OTLP over HTTP asks of a receiver, point by point, at the door. */
class OtlpProtocolTest {
    private static final long NANOS = Drafts.NOW * 1_000_000;
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    /** As in the examples of the specification, with our time. */
    private static final String EXAMPLE = """
        {"resourceMetrics":[{"resource":{"attributes":[
            {"key":"service.name","value":{"stringValue":"my.service"}},
            {"key":"host.name","value":{"stringValue":"h1"}}]},
          "scopeMetrics":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[]},
            "metrics":[
              {"name":"my.counter","unit":"1","description":"I am a Counter","sum":{"aggregationTemporality":1,
                "isMonotonic":true,"dataPoints":[{"asDouble":5,"startTimeUnixNano":1763686990000000000,
                "timeUnixNano":1763687000000000000,
                "attributes":[{"key":"my.counter.attr","value":{"stringValue":"some value"}}]}]}},
              {"name":"my.gauge","gauge":{"dataPoints":[{"asDouble":10,"timeUnixNano":"1763687000000000000",
                "attributes":[{"key":"my.gauge.attr","value":{"stringValue":"some value"}}]}]}},
              {"name":"my.histogram","histogram":{"aggregationTemporality":1,"dataPoints":[{
                "startTimeUnixNano":1763686990000000000,"timeUnixNano":1763687000000000000,"count":2,"sum":2,
                "bucketCounts":[1,1],"explicitBounds":[1],"min":0,"max":2,"attributes":[]}]}}
            ]}]}]}
        """;

    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door = new Door(log, HttpLimits.standard(), 128 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    private Response post(byte[] body, String type, String... headers) throws Exception {
        return door.send(door.request(OtlpProtocol.PATH)
                .POST(BodyPublishers.ofByteArray(body))
                .headers("Authorization", "Bearer fleet", "Content-Type", type)
                .headers(headers.length == 0 ? new String[] {"X-None", "x"} : headers));
    }

    private Response post(Metric... metrics) throws Exception {
        return post(request(metrics).toByteArray(), PROTOBUF);
    }

    private Response post(String json) throws Exception {
        return post(json.getBytes(UTF_8), JSON);
    }

    private static ExportMetricsServiceRequest request(Metric... metrics) {
        return request(List.of(attribute("host.name", "h1")), metrics);
    }

    private static ExportMetricsServiceRequest request(List<KeyValue> resource, Metric... metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder().addAllAttributes(resource))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static NumberDataPoint.Builder number(double value) {
        return NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(NANOS);
    }

    private static Metric gauge(String name, NumberDataPoint.Builder... points) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (NumberDataPoint.Builder point : points) {
            gauge.addDataPoints(point);
        }
        return Metric.newBuilder().setName(name).setGauge(gauge).build();
    }

    private static Metric sum(String name, int temporality, boolean monotonic, double value) {
        return Metric.newBuilder()
                .setName(name)
                .setSum(Sum.newBuilder()
                        .setAggregationTemporalityValue(temporality)
                        .setIsMonotonic(monotonic)
                        .addDataPoints(number(value)))
                .build();
    }

    private static Metric histogram(String name, HistogramDataPoint.Builder point) {
        return Metric.newBuilder()
                .setName(name)
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(point.setTimeUnixNano(NANOS)))
                .build();
    }

    /** {@code field{labels} TYPE} and its value, for all that was stored. */
    private Map<String, Double> stored() {
        Map<String, Double> stored = new TreeMap<>();
        for (PointBatch batch : log.appended) {
            for (Point point : batch.points()) {
                for (int i = 0; i < point.shape().size(); i++) {
                    String key = point.shape().field(i)
                            + point.subject().labels()
                            + (point.shape().type(i) == FieldType.UNKNOWN
                                    ? ""
                                    : " " + point.shape().type(i));
                    stored.put(key, point.values()[i]);
                }
            }
        }
        return stored;
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return packed.toByteArray();
    }

    private static ExportMetricsServiceResponse response(Response response) throws InvalidProtocolBufferException {
        return ExportMetricsServiceResponse.parseFrom(response.http().body());
    }

    /** The message of a google.rpc.Status, which must be whole. */
    private static String statusMessage(byte[] body) throws IOException {
        String message = "";
        CodedInputStream in = CodedInputStream.newInstance(body);
        int tag;
        while ((tag = in.readTag()) != 0) {
            if (tag >>> 3 == 2) {
                message = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        return message;
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-protobuf, 200", "application/json, 200", "application/json; charset=utf-8, 200",
        "Application/JSON;charset=\"UTF-8\", 200", "application/x-protobuf; messageType=x, 200", "text/plain, 415",
        "application/json; charset=latin1, 415", "application/x-www-form-urlencoded, 415"
    })
    void ot1TheContentTypeChoosesTheEncoding(String type, int status) throws Exception {
        byte[] body = type.toLowerCase(Locale.ROOT).contains("json")
                ? EXAMPLE.getBytes(UTF_8)
                : request(gauge("g", number(1))).toByteArray();
        assertThat(post(body, type).status()).isEqualTo(status);
        assertThat(log.appended).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void ot1OnlyPostIsSpoken() throws Exception {
        assertThat(door.send(door.request(OtlpProtocol.PATH).GET()).status()).isEqualTo(405);
    }

    @Test
    void ot2SuccessIsAnEmptyResponseInTheEncodingOfTheRequest() throws Exception {
        Response protobuf = post(gauge("g", number(1)));
        assertThat(protobuf.status()).isEqualTo(200);
        assertThat(protobuf.header("Content-Type")).isEqualTo(PROTOBUF);
        assertThat(protobuf.http().body()).isEmpty();

        assertThat(post(new byte[0], "application/protobuf; a=b").header("Content-Type"))
                .isEqualTo("application/protobuf");

        Response json = post(EXAMPLE);
        assertThat(json.status()).isEqualTo(200);
        assertThat(json.header("Content-Type")).isEqualTo(JSON);
        assertThat(new String(json.http().body(), UTF_8)).isEqualTo("{}");
    }

    @Test
    void ot3APartialSuccessCountsDataPointsNotMetrics() throws Exception {
        Metric mixed = gauge(
                "g",
                number(1),
                number(2).clearValue(),
                number(3).setTimeUnixNano(5_000_000),
                number(4).clearValue());
        Response response = post(mixed, gauge("h", number(5)));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response(response).getPartialSuccess().getRejectedDataPoints())
                .isEqualTo(3);
        assertThat(response(response).getPartialSuccess().getErrorMessage())
                .startsWith("data point 1: a data point without a value; data point 2: timeUnixNano 5000000 is");
        assertThat(stored()).isEqualTo(Map.of("g{} GAUGE", 1.0, "h{} GAUGE", 5.0));
    }

    @Test
    void ot3InJsonTheCountIsADecimalString() throws Exception {
        Response response = post("""
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"host","value":{"stringValue":"h1"}}]},
              "scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"asInt":"1"},{}]}}]}]}]}
            """);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().toString())
                .isEqualTo("{\"partialSuccess\":{\"rejectedDataPoints\":\"1\","
                        + "\"errorMessage\":\"data point 1: a data point without a value\"}}");
    }

    @Test
    void ot3WhereAllDataPointsAreRefusedOneByOneItIsPartialStill() throws Exception {
        Response response = post(gauge("g", number(1).clearValue()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response(response).getPartialSuccess().getRejectedDataPoints())
                .isEqualTo(1);
        assertThat(log.appended).isEmpty();
    }

    @Test
    void ot4RefusalsAreAStatusInTheEncodingOfTheRequest() throws Exception {
        Response protobuf = post("nonsense".getBytes(UTF_8), PROTOBUF);
        assertThat(protobuf.status()).isEqualTo(400);
        assertThat(protobuf.header("Content-Type")).isEqualTo(PROTOBUF);
        assertThat(statusMessage(protobuf.http().body())).startsWith("not an ExportMetricsServiceRequest");

        Response json = post("{nonsense");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.header("Content-Type")).isEqualTo(JSON);
        assertThat(json.json().path("code").asInt()).isEqualTo(3);
        assertThat(json.json().path("message").asText()).startsWith("not JSON");
        assertThat(json.json().path("details").path(0).path("@type").asText()).endsWith("google.rpc.BadRequest");
    }

    @ParameterizedTest
    @CsvSource({"nobody, 401, 16", "viewer, 403, 7", "early, 503, 14"})
    void ot4SoIsWhatTheHeadIsRefusedFor(String token, int status, int code) throws Exception {
        for (String type : new String[] {PROTOBUF, JSON}) {
            Response response = door.send(door.request(OtlpProtocol.PATH)
                    .POST(BodyPublishers.ofString("{}"))
                    .headers("Authorization", "Bearer " + token, "Content-Type", type));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("Content-Type")).isEqualTo(type);
            if (type.equals(JSON)) {
                assertThat(response.json().path("code").asInt()).isEqualTo(code);
            } else {
                assertThat(statusMessage(response.http().body())).isNotEmpty();
            }
        }
    }

    @Test
    void ot5WhatMayBeSentAgainIs503WithAPause() throws Exception {
        log.become(Mood.FAIL);
        Response response = post(gauge("g", number(1)));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).matches("[1-9][0-9]*");

        log.become(Mood.ACKNOWLEDGE);
        assertThat(post(gauge("g", number(1))).status()).isEqualTo(200);
        assertThat(post(gauge("g", number(1))).status()).isEqualTo(200);
        assertThat(log.appended).as("failed, stored, known again").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 200", "identity, 200", "deflate, 415", "zstd, 415", "snappy, 415", "'gzip, gzip', 415"})
    void ot6BodiesMayBeGzipped(String encoding, int status) throws Exception {
        byte[] plain = request(gauge("g", number(1))).toByteArray();
        Response response =
                post(encoding.startsWith("gzip") ? gzip(plain) : plain, PROTOBUF, "Content-Encoding", encoding);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Content-Encoding")).isEmpty();
    }

    @Test
    void ot7TwentyMebibytesAreTakenAndNoMoreAlsoWhenUnpacked() throws Exception {
        byte[] large = (EXAMPLE + " ".repeat((20 << 20) - EXAMPLE.length())).getBytes(UTF_8);
        assertThat(large).hasSize(20 << 20);
        assertThat(post(large, JSON).status()).isEqualTo(200);

        byte[] larger = (EXAMPLE + " ".repeat((20 << 20) - EXAMPLE.length() + 1)).getBytes(UTF_8);
        Response plain = post(larger, JSON);
        assertThat(plain.status()).isEqualTo(413);
        assertThat(plain.json().path("message").asText()).contains("20971520");
        assertThat(post(gzip(larger), JSON, "Content-Encoding", "gzip").status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"resourceMetrics\":[]}",
                "{\"resourceMetrics\":[{}]}",
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{}]}]}",
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\"}]}]}]}",
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"gauge\":{}}]}]}]}",
                "{\"resourceMetrics\":null}"
            })
    void ot8EmptyRequestsAndEnvelopesSucceed(String body) throws Exception {
        Response response = post(body);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().toString()).isEqualTo("{}");
        assertThat(post(new byte[0], PROTOBUF).status()).isEqualTo(200);
    }

    @Test
    void ot8OneMetricWithoutPointsDoesNotCostTheOthers() throws Exception {
        assertThat(post(
                                gauge("empty"),
                                gauge("g", number(1)),
                                Metric.newBuilder().setName("none").build())
                        .status())
                .isEqualTo(200);
        assertThat(stored()).isEqualTo(Map.of("g{} GAUGE", 1.0));
    }

    @Test
    void ot9TheExampleOfTheSpecificationIsRead() throws Exception {
        assertThat(post(EXAMPLE).status()).isEqualTo(200);
        assertThat(log.appended.getFirst().host()).isEqualTo("h1");
        assertThat(log.appended.getFirst().points())
                .allSatisfy(point -> assertThat(point.timestamp()).isEqualTo(Drafts.NOW));
        assertThat(stored())
                .isEqualTo(Map.of(
                        "my.counter{my.counter.attr=some value,service.name=my.service} DELTA", 5.0,
                        "my.gauge{my.gauge.attr=some value,service.name=my.service} GAUGE", 10.0,
                        "my.histogram_count{service.name=my.service} DELTA", 2.0,
                        "my.histogram_sum{service.name=my.service} DELTA", 2.0,
                        "my.histogram_min{service.name=my.service} GAUGE", 0.0,
                        "my.histogram_max{service.name=my.service} GAUGE", 2.0,
                        "my.histogram_bucket{le=1,service.name=my.service} DELTA", 1.0,
                        "my.histogram_bucket{le=+Inf,service.name=my.service} DELTA", 2.0));
    }

    private static String point(String members) {
        return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"host.name\",\"value\":"
                + "{\"stringValue\":\"h1\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"g\",\"gauge\":"
                + "{\"dataPoints\":[{\"timeUnixNano\":1763687000000000000," + members + "}]}}]}]}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"asDouble\":1.5 | 1.5",
                "\"asDouble\":\"1.5\" | 1.5",
                "\"asDouble\":\"NaN\" | NaN",
                "\"asDouble\":\"Infinity\" | Infinity",
                "\"asDouble\":\"-Infinity\" | -Infinity",
                "\"asInt\":7 | 7",
                "\"asInt\":\"-7\" | -7",
                "\"asInt\":7.0 | 7",
                "\"asInt\":\"9223372036854775807\" | 9223372036854775807",
                "\"asInt\":1,\"as_double\":5 | 1",
                "\"asInt\":1,\"unheard\":{\"of\":[1,{\"x\":null}]} | 1",
                "\"asInt\":1,\"flags\":null | 1",
                "\"asInt\":1,\"exemplars\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\",\"asDouble\":1}]"
                        + " | 1"
            })
    void ot9TheJsonRulesHold(String members, double value) throws Exception {
        Response response = post(point(members));

        assertThat(response.json().toString()).isEqualTo("{}");
        assertThat(stored()).isEqualTo(Map.of("g{} GAUGE", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"asDouble\":\"x\"",
                "\"asDouble\":true",
                "\"asDouble\":NaN",
                "\"asInt\":1.5",
                "\"asInt\":\"9223372036854775808\"",
                "\"asInt\":1e300",
                "\"asInt\":{}",
                "\"asInt\":1,\"flags\":-1",
                "\"asInt\":1,\"flags\":4294967296",
                "\"asInt\":1,\"attributes\":{}",
                "\"asInt\":1,\"attributes\":[1]",
                "\"asInt\":1,\"attributes\":[{\"key\":1}]",
                "\"asInt\":1,\"attributes\":[{\"key\":\"a\",\"value\":{\"boolValue\":\"true\"}}]",
                "\"asInt\":1,\"attributes\":[{\"key\":\"a\",\"value\":{\"bytesValue\":\"!\"}}]",
                "\"asInt\":1,\"exemplars\":[{\"traceId\":\"xyz\"}]",
                "\"asInt\":1,\"asInt\":2"
            })
    void ot9WhatBreaksTheRulesIsABadRequest(String members) throws Exception {
        assertThat(post(point(members)).status()).isEqualTo(400);
        assertThat(log.appended).isEmpty();
    }

    @Test
    void ot9SnakeCaseIsAnUnknownName() throws Exception {
        Response response = post(EXAMPLE.replace("resourceMetrics", "resource_metrics"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(log.appended).isEmpty();
    }

    @Test
    void ot9EnumsAreIntegersOnly() throws Exception {
        assertThat(post(EXAMPLE.replace(
                                "\"aggregationTemporality\":1",
                                "\"aggregationTemporality\":\"AGGREGATION_TEMPORALITY_DELTA\""))
                        .status())
                .isEqualTo(400);
        assertThat(post(EXAMPLE.replace("\"aggregationTemporality\":1", "\"aggregationTemporality\":99"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, DELTA",
        "1, false, DELTA",
        "2, true, COUNTER",
        "2, false, GAUGE",
        "0, true, ''",
        "7, false, ''"
    })
    void ot10SumsTellTheirType(int temporality, boolean monotonic, String type) throws Exception {
        post(sum("s", temporality, monotonic, 5));
        assertThat(stored()).isEqualTo(Map.of("s{}" + (type.isEmpty() ? "" : " " + type), 5.0));
    }

    @Test
    void ot10IntegersAndNonFiniteValuesPass() throws Exception {
        post(
                gauge("i", number(0).setAsInt(Long.MIN_VALUE)),
                gauge("nan", number(Double.NaN)),
                gauge("inf", number(Double.NEGATIVE_INFINITY)));
        assertThat(stored())
                .isEqualTo(Map.of(
                        "i{} GAUGE", -0x1p63, "nan{} GAUGE", Double.NaN, "inf{} GAUGE", Double.NEGATIVE_INFINITY));
    }

    @Test
    void ot10NoRecordedValueIsStalenessNotZero() throws Exception {
        post(
                gauge("g", number(0).clearValue().setFlags(1)),
                gauge("h", number(5).setFlags(2)));

        Point point = log.appended.getFirst().points().getFirst();
        assertThat(Double.doubleToRawLongBits(point.values()[point.shape().indexOf("g")]))
                .isEqualTo(0x7ff0000000000002L);
        assertThat(point.values()[point.shape().indexOf("h")]).isEqualTo(5);
    }

    @Test
    void ot10HistogramsBecomeCumulativeBuckets() throws Exception {
        post(histogram(
                "lat",
                HistogramDataPoint.newBuilder()
                        .setCount(6)
                        .setSum(12.5)
                        .addAllExplicitBounds(List.of(0.005, 10.0))
                        .addAllBucketCounts(List.of(1L, 2L, 3L))));
        assertThat(stored())
                .isEqualTo(Map.of(
                        "lat_count{} COUNTER", 6.0,
                        "lat_sum{} COUNTER", 12.5,
                        "lat_bucket{le=0.005} COUNTER", 1.0,
                        "lat_bucket{le=10} COUNTER", 3.0,
                        "lat_bucket{le=+Inf} COUNTER", 6.0));
    }

    @Test
    void ot10AHistogramMayLackSumAndBuckets() throws Exception {
        assertThat(post(histogram("lat", HistogramDataPoint.newBuilder().setCount(6)))
                        .status())
                .isEqualTo(200);
        assertThat(stored()).isEqualTo(Map.of("lat_count{} COUNTER", 6.0));
    }

    @Test
    void ot10AHistogramThatDoesNotAddUpIsRefusedAlone() throws Exception {
        Response response = post(
                histogram(
                        "bad",
                        HistogramDataPoint.newBuilder().addExplicitBounds(1).addBucketCounts(1)),
                histogram(
                        "worse",
                        HistogramDataPoint.newBuilder()
                                .addAllExplicitBounds(List.of(2.0, 1.0))
                                .addAllBucketCounts(List.of(1L, 1L, 1L))),
                gauge("g", number(1)));
        assertThat(response(response).getPartialSuccess().getRejectedDataPoints())
                .isEqualTo(2);
        assertThat(stored()).isEqualTo(Map.of("g{} GAUGE", 1.0));
    }

    @Test
    void ot10SummariesAreKept() throws Exception {
        post(Metric.newBuilder()
                .setName("lat")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder()
                                .setTimeUnixNano(NANOS)
                                .setCount(3)
                                .setSum(9)
                                .addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                                        .setQuantile(0.5)
                                        .setValue(4))))
                .build());
        assertThat(stored())
                .isEqualTo(
                        Map.of("lat_count{} COUNTER", 3.0, "lat_sum{} COUNTER", 9.0, "lat{quantile=0.5} GAUGE", 4.0));
    }

    @Test
    void ot10ExponentialHistogramsAreRefusedOneByOne() throws Exception {
        Metric exponential = Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder())
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()))
                .build();
        Response response = post(exponential, gauge("g", number(1)));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response(response).getPartialSuccess().getRejectedDataPoints())
                .isEqualTo(2);
        assertThat(response(response).getPartialSuccess().getErrorMessage()).contains("exponential");
        assertThat(stored()).isEqualTo(Map.of("g{} GAUGE", 1.0));
    }

    @ParameterizedTest
    @CsvSource({
        "host.name=a host.id=7 service.instance.id=8, '', a",
        "host=b host.name=a, '', b",
        "host.id=7 service.instance.id=8, '', 7",
        "service.instance.id=8 service.name=s, '', 8",
        "service.name=s, host.name=c, c",
        "host.name=a, host=b, b"
    })
    void ot11TheHostComesFromTheResourceOrElseTheDataPoint(String resource, String own, String host) throws Exception {
        NumberDataPoint.Builder point = number(1).addAllAttributes(attributes(own));
        assertThat(post(request(attributes(resource), gauge("g", point)).toByteArray(), PROTOBUF)
                        .status())
                .isEqualTo(200);
        assertThat(log.appended).extracting(PointBatch::host).containsExactly(host);
        assertThat(stored())
                .containsOnlyKeys(resource.contains("service.name") ? "g{service.name=s} GAUGE" : "g{} GAUGE");
    }

    private static List<KeyValue> attributes(String text) {
        List<KeyValue> attributes = new ArrayList<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            attributes.add(attribute(pair.split("=", -1)[0], pair.split("=", -1)[1]));
        }
        return attributes;
    }

    @Test
    void ot11WithoutAHostADataPointIsRefusedAndAHostsTokenSuppliesIt() throws Exception {
        byte[] nameless = request(attributes("service.name=s host.id=7"), gauge("g", number(1)))
                .toByteArray();
        byte[] none = request(List.of(), gauge("g", number(1))).toByteArray();

        assertThat(response(post(none, PROTOBUF)).getPartialSuccess().getRejectedDataPoints())
                .isEqualTo(1);
        Response own = door.send(door.request(OtlpProtocol.PATH)
                .POST(BodyPublishers.ofByteArray(nameless))
                .headers("Authorization", "Bearer h1", "Content-Type", PROTOBUF));
        assertThat(own.status()).isEqualTo(200);
        assertThat(log.appended).extracting(PointBatch::host).containsExactly("h1");
        assertThat(stored()).containsOnlyKeys("g{service.name=s} GAUGE");
    }

    @Test
    void ot11AHostsTokenWritesForNoOther() throws Exception {
        byte[] body = request(attributes("host.name=h2"), gauge("g", number(1))).toByteArray();
        Response response = door.send(door.request(OtlpProtocol.PATH)
                .POST(BodyPublishers.ofByteArray(body))
                .headers("Authorization", "Bearer h1", "Content-Type", PROTOBUF));

        assertThat(response.status()).isEqualTo(403);
        assertThat(log.appended).isEmpty();
    }

    @Test
    void ot12ThereIsNoGrpc() throws Exception {
        Response response = post(new byte[0], "application/grpc");
        assertThat(response.status()).isEqualTo(415);
    }

    @Test
    void attributesOfAllTypesBecomeText() throws Exception {
        NumberDataPoint.Builder point = number(1)
                .addAttributes(
                        attribute("b", AnyValue.newBuilder().setBoolValue(true).build()))
                .addAttributes(
                        attribute("i", AnyValue.newBuilder().setIntValue(-7).build()))
                .addAttributes(
                        attribute("d", AnyValue.newBuilder().setDoubleValue(1.5).build()))
                .addAttributes(attribute("none", AnyValue.getDefaultInstance()))
                .addAttributes(attribute(
                        "list",
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder()
                                        .addValues(AnyValue.newBuilder().setStringValue("x"))
                                        .addValues(AnyValue.newBuilder().setIntValue(1))
                                        .addValues(AnyValue.getDefaultInstance()))
                                .build()));
        assertThat(post(gauge("g", point)).status()).isEqualTo(200);
        assertThat(log.appended
                        .getFirst()
                        .points()
                        .getFirst()
                        .subject()
                        .labels()
                        .asMap())
                .isEqualTo(Map.of("b", "true", "i", "-7", "d", "1.5", "list", "[\"x\",1,null]"));
    }

    @Test
    void metricsOfAPeerAreOfItsConnection() throws Exception {
        post(gauge("rtt_ms", number(5).addAttributes(attribute("peer", "h2"))));
        Point point = log.appended.getFirst().points().getFirst();
        assertThat(point.subject().kind()).isEqualTo("connection");
        assertThat(point.shape().fields()).containsExactly("latency_ms");
    }

    @Test
    void withoutATimeItIsNow() throws Exception {
        post(gauge("g", number(1).clearTimeUnixNano()));
        assertThat(log.appended.getFirst().points().getFirst().timestamp()).isEqualTo(Drafts.NOW);
    }
}
