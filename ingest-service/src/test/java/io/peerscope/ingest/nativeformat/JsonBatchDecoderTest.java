package io.peerscope.ingest.nativeformat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.of;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.UndecodableException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBatchDecoderTest {
    private final JsonBatchDecoder decoder = new JsonBatchDecoder(100, 10 << 20);

    private Draft decode(String json) throws UndecodableException {
        byte[] bytes = json.getBytes(UTF_8);
        return decoder.decode(bytes, bytes.length);
    }

    private DraftPoint point(String json) throws UndecodableException {
        return decode("{\"points\":[" + json + "]}").points().getFirst();
    }

    @Test
    void theDocumentedExample() throws UndecodableException {
        Draft draft = decode("""
                {"host":"h1","batch":"3f2c/42","sent_at":1763687000500,"labels":{"region":"eu"},
                 "points":[
                  {"kind":"host","timestamp":1763687000000,"fields":{"cpu_usage":93.5,"player_count":31}},
                  {"kind":"map","labels":{"map":"prontera","hosting":"p2p"},"timestamp":"2025-11-21T01:03:20Z",
                   "fields":{"player_count":12},"states":{"map_status":"online"}}]}
                """);

        assertThat(draft.host()).isEqualTo("h1");
        assertThat(draft.batch()).isEqualTo("3f2c/42");
        assertThat(draft.sentAt()).isEqualTo(1763687000500L);
        assertThat(draft.labels()).containsExactly("region", "eu");
        assertThat(draft.samples()).isEqualTo(3);
        assertThat(draft.points().getFirst().names()).hasToString("[cpu_usage, player_count]");
        assertThat(draft.points().getFirst().values()).containsExactly(93.5, 31);
        assertThat(draft.points().getLast().kind()).isEqualTo("map");
        assertThat(draft.points().getLast().labels()).containsExactly("map", "prontera", "hosting", "p2p");
        assertThat(draft.points().getLast().states()).containsExactly("map_status", "online");
        assertThat(draft.points().getLast().timestamp()).isEqualTo(1763687000000L);
    }

    @Test
    void whatIsLeftOutOrNullHasItsDefault() throws UndecodableException {
        Draft draft = decode("{\"batch\":null,\"sent_at\":null,\"labels\":null,\"points\":[{\"kind\":null,"
                + "\"labels\":null,\"timestamp\":null,\"states\":null,\"fields\":null},{}]}");

        assertThat(draft.host()).isEmpty();
        assertThat(draft.sentAt()).isEqualTo(Draft.NO_TIME);
        assertThat(draft.points()).allSatisfy(point -> {
            assertThat(point.kind()).isEqualTo("host");
            assertThat(point.timestamp()).isEqualTo(Draft.NO_TIME);
            assertThat(point.labels()).isEmpty();
            assertThat(point.names().size()).isZero();
        });
    }

    @Test
    void pointsWithTheSameFieldsShareTheirNames() throws UndecodableException {
        List<DraftPoint> points = decode("{\"points\":[{\"fields\":{\"a\":1,\"b\":2}},{\"fields\":{\"c\":1}},"
                        + "{\"fields\":{\"a\":3,\"b\":4}},{\"fields\":{\"a\":5}}]}")
                .points();

        assertThat(points.get(2).names()).isSameAs(points.get(0).names());
        assertThat(points.get(3).names()).hasToString("[a]");
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 1.5",
        "-0.0, -0.0",
        "1e3, 1000",
        "1e999, Infinity",
        "-1e999, -Infinity",
        "NaN, NaN",
        "Infinity, Infinity",
        "'\"5\"', NaN",
        "null, NaN",
        "true, NaN",
        "'[1,[2]]', NaN",
        "'{\"a\":{}}', NaN",
        "12345678901234567890123456789012, 12345678901234567890123456789012"
    })
    void everyValueOfAFieldIsANumberOrNone(String json, double expected) throws UndecodableException {
        DraftPoint point = point("{\"fields\":{\"a\":" + json + ",\"b\":7}}");

        assertThat(point.values()).containsExactly(expected, 7);
    }

    static Stream<Arguments> times() {
        return Stream.of(
                of("1763687000000", 1763687000000L),
                of("1763687000000.75", 1763687000000L),
                of("1.763687e12", 1763687000000L),
                of("0", 0L),
                of("-5", -5L),
                of("\"2025-11-21T01:03:20Z\"", 1763687000000L),
                of("\"2025-11-21T02:03:20.123456+01:00\"", 1763687000123L),
                of("\"2025-11-21\"", Draft.BAD_TIME),
                of("\"2025-02-30T00:00:00Z\"", Draft.BAD_TIME),
                of("\"yesterday\"", Draft.BAD_TIME),
                of("\"1763687000000\"", Draft.BAD_TIME),
                of("\"+999999999-12-31T23:59:59Z\"", Draft.BAD_TIME),
                of("1e999", Draft.BAD_TIME),
                of("NaN", Draft.BAD_TIME),
                of("99999999999999999999", Draft.BAD_TIME),
                of("-9223372036854775808", Draft.BAD_TIME),
                of("true", Draft.BAD_TIME),
                of("[1]", Draft.BAD_TIME),
                of("null", Draft.NO_TIME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    void timesAreTextOrMilliseconds(String json, long expected) throws UndecodableException {
        assertThat(point("{\"timestamp\":" + json + "}").timestamp()).isEqualTo(expected);
    }

    static Stream<Arguments> undecodable() {
        String digits = "9".repeat(400);
        return Stream.of(
                of("an empty body", "", ErrorCode.MALFORMED, "the body must be an object"),
                of("blanks", "  ", ErrorCode.MALFORMED, "the body must be an object"),
                of("a list", "[]", ErrorCode.MALFORMED, "the body must be an object"),
                of("a number", "1", ErrorCode.MALFORMED, "the body must be an object"),
                of("half a document", "{\"host\":\"h", ErrorCode.MALFORMED, "not JSON"),
                of("half a list", "{\"points\":[", ErrorCode.MALFORMED, "not JSON"),
                of("half a point", "{\"points\":[{\"fields\":{\"a\":1", ErrorCode.MALFORMED, "not JSON"),
                of("two documents", "{} {}", ErrorCode.MALFORMED, "something follows"),
                of("something behind", "{}]", ErrorCode.MALFORMED, "not JSON"),
                of("a comment", "{/*x*/}", ErrorCode.MALFORMED, "not JSON"),
                of("an unknown field", "{\"hots\":\"h1\"}", ErrorCode.UNKNOWN_FIELD, "\"hots\""),
                of(
                        "an unknown field of a point",
                        "{\"points\":[{},{\"value\":1}]}",
                        ErrorCode.UNKNOWN_FIELD,
                        "\"points[1].value\""),
                of("a host that is a number", "{\"host\":1}", ErrorCode.MALFORMED, "host must be text"),
                of("two hosts", "{\"host\":\"h1\",\"host\":\"h2\"}", ErrorCode.MALFORMED, "host stands twice"),
                of("two lists of points", "{\"points\":[],\"points\":[]}", ErrorCode.MALFORMED, "points stands twice"),
                of(
                        "two kinds",
                        "{\"points\":[{\"kind\":\"a\",\"kind\":\"b\"}]}",
                        ErrorCode.MALFORMED,
                        "points[0].kind stands twice"),
                of(
                        "a field twice",
                        "{\"points\":[{\"fields\":{\"a\":1,\"a\":2}}]}",
                        ErrorCode.MALFORMED,
                        "\"a\" twice"),
                of(
                        "a nameless field twice",
                        "{\"points\":[{\"fields\":{\"\":1,\"\":2}}]}",
                        ErrorCode.MALFORMED,
                        "twice"),
                of("a label twice", "{\"labels\":{\"a\":\"1\",\"a\":\"2\"}}", ErrorCode.MALFORMED, "\"a\" twice"),
                of(
                        "a state twice",
                        "{\"points\":[{\"states\":{\"a\":\"1\",\"a\":\"2\"}}]}",
                        ErrorCode.MALFORMED,
                        "twice"),
                of("points that are no list", "{\"points\":{}}", ErrorCode.MALFORMED, "points must be a list"),
                of("a point that is no object", "{\"points\":[1]}", ErrorCode.MALFORMED, "points[0] must be an object"),
                of("a null point", "{\"points\":[null]}", ErrorCode.MALFORMED, "points[0] must be an object"),
                of(
                        "fields that are a list",
                        "{\"points\":[{\"fields\":[]}]}",
                        ErrorCode.MALFORMED,
                        "points[0].fields must be an object"),
                of(
                        "65 labels",
                        "{\"labels\":{"
                                + IntStream.range(0, 65)
                                        .mapToObj(i -> "\"a" + i + "\":\"\"")
                                        .collect(Collectors.joining(","))
                                + "}}",
                        ErrorCode.MALFORMED,
                        "more than 64"),
                of("sent at no time", "{\"sent_at\":\"now\"}", ErrorCode.BAD_TIMESTAMP, "sent_at"),
                of(
                        "101 points",
                        "{\"points\":[" + "{},".repeat(100) + "{}]}",
                        ErrorCode.TOO_MANY_POINTS,
                        "at most 100"),
                of("400 digits", "{\"points\":[{\"fields\":{\"a\":" + digits + "}}]}", ErrorCode.MALFORMED, "length"),
                of(
                        "400 digits of a fraction",
                        "{\"points\":[{\"fields\":{\"a\":0." + digits + "}}]}",
                        ErrorCode.MALFORMED,
                        "length"),
                of(
                        "10 000 levels",
                        "{\"points\":[{\"fields\":{\"a\":" + "[".repeat(10_000) + "}}]}",
                        ErrorCode.MALFORMED,
                        "depth"),
                of("10 000 levels at the top", "[".repeat(10_000), ErrorCode.MALFORMED, "the body must be an object"),
                of("a name of 50 000 characters", "{\"" + "x".repeat(50_000) + "\":1}", ErrorCode.MALFORMED, "Name"),
                of("text of a megabyte", "{\"host\":\"" + "x".repeat(1 << 20) + "\"}", ErrorCode.MALFORMED, "length"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("undecodable")
    void whatIsNoBatchSaysWhy(String what, String json, ErrorCode code, String why) {
        assertThatThrownBy(() -> decode(json)).isInstanceOfSatisfying(UndecodableException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.detail())
                    .containsIgnoringCase(why)
                    .hasSizeLessThan(400)
                    .doesNotContain("Exception", "\n", "Source");
        });
    }

    @ParameterizedTest
    @CsvSource({"'\u00ff'", "'\u00c3'", "'\u00e2\u0082'", "'\u00f8\u0088\u0080\u0080\u0080'"})
    void bytesThatAreNotUtf8AreUndecodable(String bytes) {
        byte[] body = ("{\"host\":\"h" + bytes + "\"}").getBytes(ISO_8859_1);

        assertThatThrownBy(() -> decoder.decode(body, body.length))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED));
    }
}
