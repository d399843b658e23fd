package io.peerscope.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.house.hostile.CpuTime;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.admission.Verdict;
import io.peerscope.ingest.http.Opening;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives in either encoding is decided, in time, each data point counted once. */
class OtlpHostileInputTest {
    private static final Sender FLEET = new Sender.AnyHost();
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e999",
        "\"NaN\"",
        "\"\"",
        "\"h1\"",
        "0",
        "1",
        "2",
        "\"asInt\"",
        "\"gauge\"",
        "\"sum\"",
        "\"histogram\"",
        "\"value\"",
        "\"key\"",
        "\"\\ud800\"",
        "1763687000000000000",
        "99999999999999999999",
        "\u0000",
        "\\",
        "\"",
        "[[[[",
        "{}",
        "[]",
        "-1",
        "\"x\""
    };
    private static final String SEED =
            "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"host.name\",\"value\":{\"stringValue\":\"h1\"}}]},"
                    + "\"scopeMetrics\":[{\"metrics\":[{\"name\":\"g\",\"gauge\":{\"dataPoints\":[{\"asDouble\":1.5,"
                    + "\"timeUnixNano\":\"1763687000000000000\",\"attributes\":[{\"key\":\"peer\",\"value\":{\"intValue\":7}}]},"
                    + "{\"asInt\":2,\"flags\":1}]}},{\"name\":\"s\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,"
                    + "\"dataPoints\":[{\"asDouble\":3}]}},{\"name\":\"h\",\"histogram\":{\"aggregationTemporality\":1,"
                    + "\"dataPoints\":[{\"count\":2,\"sum\":3,\"bucketCounts\":[1,1],\"explicitBounds\":[1.5]}]}}]}]}]}";

    private final OtlpDecoder decoder = new OtlpDecoder(MetricCatalogue.load(), 20 << 20);
    private final Admission admission = new Admission(MetricCatalogue.load(), new ClockSkew(100), Limits.standard());

    private static Decoded decode(Opening.Decoder decoder, byte[] body) throws UndecodableException {
        assertThat(decoder.cost(body, body.length)).isNotNegative();
        return decoder.decode(body, body.length, FLEET);
    }

    private void decide(Decoded decoded) {
        int rejected = decoded.faults().rejectedItems();
        for (Draft draft : decoded.drafts()) {
            Verdict verdict = admission.judge(draft, FLEET, Drafts.NOW, "r");
            if (verdict instanceof Verdict.Admitted admitted) {
                PointBatch batch = admitted.batch();
                assertThat(admitted.accepted() + admitted.faults().rejected()).isEqualTo(draft.samples());
                assertThat(PointBatchCodec.decode(PointBatchCodec.encode(batch)))
                        .isEqualTo(batch);
            } else {
                assertThat(verdict.faults().rejected()).isEqualTo(draft.samples());
            }
            rejected += verdict.faults().rejectedItems();
        }
        assertThat(rejected).isLessThanOrEqualTo(decoded.items());
    }

    /** @return whether it was a request at all */
    private boolean json(byte[] body) {
        try {
            decide(decode(decoder.json(), body));
            return true;
        } catch (UndecodableException e) {
            assertThat(e.code()).isIn(ErrorCode.MALFORMED, ErrorCode.TOO_MANY_POINTS);
            return false;
        }
    }

    private boolean protobuf(byte[] body) {
        try {
            decide(decode(decoder.protobuf(), body));
            return true;
        } catch (UndecodableException e) {
            assertThat(e.code()).isIn(ErrorCode.MALFORMED, ErrorCode.TOO_MANY_POINTS);
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedJsonIsDecided(long seed) {
        Random random = new Random(seed);
        String[] tokens = SEED.split("(?<=[\\[\\]{},:])|(?=[\\[\\]{},:])", -1);
        int requests = 0;
        for (int i = 0; i < 10_000; i++) {
            String[] damaged = tokens.clone();
            for (int damage = random.nextInt(2); damage >= 0; damage--) {
                int at = random.nextInt(damaged.length);
                boolean value = at > 0 && damaged[at - 1].equals(":") && damaged[at].length() > 1;
                if (value || random.nextInt(8) == 0) {
                    damaged[at] = WORDS[random.nextInt(WORDS.length)];
                }
            }
            byte[] body = String.join("", damaged).getBytes(UTF_8);
            if (random.nextInt(8) == 0) {
                body = Arrays.copyOf(body, random.nextInt(body.length));
            }
            requests += json(body) ? 1 : 0;
        }
        assertThat(requests).as("some must be requests, or this tests nothing").isBetween(2_000, 9_500);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedProtobufIsDecided(long seed) throws UndecodableException {
        byte[] whole = new JsonRequests(1 << 20)
                .read(SEED.getBytes(UTF_8), SEED.length())
                .toByteArray();
        assertThat(protobuf(whole)).isTrue();
        Random random = new Random(seed);
        int requests = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] body = whole.clone();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(8) == 0) {
                body = Arrays.copyOf(body, random.nextInt(body.length));
            }
            requests += protobuf(body) ? 1 : 0;
        }
        assertThat(requests).as("some must be requests, or this tests nothing").isBetween(2_000, 18_000);
    }

    @Test
    void bothEncodingsMeanTheSame() throws UndecodableException {
        byte[] json = SEED.getBytes(UTF_8);
        byte[] protobuf = new JsonRequests(1 << 20).read(json, json.length).toByteArray();

        assertThat(decode(decoder.protobuf(), protobuf).drafts())
                .extracting(Draft::fingerprint)
                .isEqualTo(decode(decoder.json(), json).drafts().stream()
                        .map(Draft::fingerprint)
                        .toList());
    }

    private static AnyValue nested(int depth) {
        AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
        for (int i = 0; i < depth; i++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        return value;
    }

    private static byte[] withAttribute(AnyValue value) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(KeyValue.newBuilder().setKey("k").setValue(value))))
                .build()
                .toByteArray();
    }

    @Test
    void deepNestingIsRefused() {
        byte[] shallow = withAttribute(nested(5));
        assertThat(protobuf(shallow)).isTrue();
        for (int depth : new int[] {50, 1000}) {
            byte[] deep = withAttribute(nested(depth));
            assertThat(protobuf(deep)).isFalse();
        }
        String deep = "{\"resourceMetrics\":[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]}";
        assertThat(json(deep.getBytes(UTF_8))).isFalse();
        String values = "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":"
                + "{\"arrayValue\":{\"values\":[".repeat(1000) + "]}}".repeat(1000) + "}]}}]}";
        assertThat(json(values.getBytes(UTF_8))).isFalse();
    }

    /** Nothing but empty messages, two bytes each. */
    private static byte[] empties(int outerTag, int innerTag, int count) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            inner.write(innerTag << 3 | 2);
            inner.write(0);
        }
        if (outerTag == 0) {
            return inner.toByteArray();
        }
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        outer.write(outerTag << 3 | 2);
        for (int rest = inner.size(); ; rest >>>= 7) {
            outer.write(rest < 0x80 ? rest : rest & 0x7f | 0x80);
            if (rest < 0x80) {
                break;
            }
        }
        outer.writeBytes(inner.toByteArray());
        return outer.toByteArray();
    }

    @Test
    void manySmallThingsAreRefusedBeforeTheyTakeMemory() throws Throwable {
        for (byte[] body : new byte[][] {empties(0, 1, 8 << 20), empties(1, 2, 8 << 20)}) {
            CpuTime.assertAtMost(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> decode(decoder.protobuf(), body))
                    .isInstanceOf(UndecodableException.class)
                    .extracting("code")
                    .isEqualTo(ErrorCode.TOO_MANY_POINTS));
        }
        byte[] json = ("{\"resourceMetrics\":[" + "{},".repeat(5 << 20) + "{}]}").getBytes(UTF_8);
        CpuTime.assertAtMost(
                Duration.ofSeconds(10), () -> assertThat(json(json)).isFalse());
    }

    @Test
    void whatManySmallThingsTakeIsAskedForBeforeTheyAreMade() throws Exception {
        byte[] protobuf = empties(0, 1, 1 << 20);
        byte[] json = ("{\"resourceMetrics\":[" + "{},".repeat(300_000) + "{}]}").getBytes(UTF_8);
        assertThat(decoder.protobuf().cost(protobuf, protobuf.length)).isEqualTo(100L << 20);
        assertThat(decoder.json().cost(json, json.length)).isBetween(28L << 20, 32L << 20);
    }

    @Test
    void unknownFieldsAreThrownAway() throws Throwable {
        byte[] unknown = empties(0, 9, 8 << 20);
        CpuTime.assertAtMost(
                Duration.ofSeconds(5), () -> assertThat(protobuf(unknown)).isTrue());
    }

    @Test
    void aHistogramWithTooManyBucketsIsTooMuch() throws Throwable {
        StringBuilder ascending = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            ascending.append(i).append(',');
        }
        String body = SEED.replace("\"explicitBounds\":[1.5]", "\"explicitBounds\":[" + ascending + "300000]")
                .replace("\"bucketCounts\":[1,1]", "\"bucketCounts\":[" + "1,".repeat(300_001) + "1]");
        CpuTime.assertAtMost(Duration.ofSeconds(10), () -> assertThat(json(body.getBytes(UTF_8)))
                .isFalse());
    }
}
