package io.peerscope.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What line protocol asks of a receiver, point by point, at the door. */
class LineProtocolTest {
    private static final String V1 = "/write?db=telegraf";
    private static final String V2 = "/api/v2/write?org=o&bucket=b";
    private static final String NANOS = Drafts.NOW + "000000";

    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door = new Door(log, HttpLimits.standard(), 64 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    private Response write(String path, String lines, String... headers) throws Exception {
        return write(path, lines.getBytes(UTF_8), headers);
    }

    private Response write(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = door.request(path).POST(BodyPublishers.ofByteArray(body));
        boolean credential = path.contains("&p=");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            credential |= headers[i].equals("Authorization");
        }
        return door.send(credential ? request : request.header("Authorization", "Token fleet"));
    }

    private Point onlyPoint() {
        assertThat(log.appended).hasSize(1);
        assertThat(log.appended.getFirst().points()).hasSize(1);
        return log.appended.getFirst().points().getFirst();
    }

    private static Map<String, Double> fields(Point point) {
        Map<String, Double> fields = new LinkedHashMap<>();
        for (int i = 0; i < point.shape().size(); i++) {
            fields.put(point.shape().field(i), point.values()[i]);
        }
        return fields;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/write",
                "/write?db=x&rp=autogen&consistency=any&precision=ns",
                "/api/v2/write?org=o&bucket=b",
                "/api/v2/write?orgID=o&bucket=b&precision=ns"
            })
    void il1BothAddressesAreThereWhateverTheDatabaseIsCalled(String path) throws Exception {
        assertThat(write(path, "cpu,host=h1 usage_active=50 " + NANOS).status()).isEqualTo(204);
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("cpu_usage", 50.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain; charset=utf-8",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "application/json"
            })
    void il1AnyContentTypeIsTaken(String type) throws Exception {
        assertThat(write(V1, "a,host=h1 b=1", "Content-Type", type).status()).isEqualTo(204);
        assertThat(log.appended).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"gzip, 204", "identity, 204", "br, 415", "snappy, 415", "zstd, 415"})
    void il1BodiesMayBeGzipped(String encoding, int status) throws Exception {
        String line = "a,host=h1 b=1";
        byte[] body = encoding.equals("gzip") ? gzip(line) : line.getBytes(UTF_8);
        for (String path : new String[] {V1, V2}) {
            assertThat(write(path, body, "Content-Encoding", encoding).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ns, 1763687000000000000",
        "n, 1763687000000000000",
        "us, 1763687000000000",
        "u, 1763687000000000",
        "µ, 1763687000000000",
        "ms, 1763687000000",
        "s, 1763687000",
        "m, 29394783",
        "'', 1763687000000000000"
    })
    void il2VersionOneKnowsItsUnits(String precision, String timestamp) throws Exception {
        String path = V1 + "&precision=" + URLEncoder.encode(precision, UTF_8);
        assertThat(write(path, "a,host=h1 b=1 " + timestamp).status()).isEqualTo(204);
        assertThat(onlyPoint().timestamp()).isBetween(Drafts.NOW - 60_000, Drafts.NOW);
    }

    @Test
    void il2VersionOneKnowsHours() throws Exception {
        long hour = Drafts.NOW / 3_600_000;
        assertThat(write(V1 + "&precision=h", "a,host=h1 b=1 " + hour).status()).isEqualTo(204);
        assertThat(onlyPoint().timestamp()).isEqualTo(hour * 3_600_000);
    }

    @ParameterizedTest
    @CsvSource({"ns, 204", "us, 204", "ms, 204", "s, 204", "n, 400", "u, 400", "m, 400", "h, 400", "NS, 400"})
    void il2VersionTwoKnowsFewer(String precision, int status) throws Exception {
        assertThat(write(V2 + "&precision=" + precision, "a,host=h1 b=1").status())
                .isEqualTo(status);
    }

    @Test
    void il2AnUnknownUnitIsNeverSilent() throws Exception {
        Response v1 = write(V1 + "&precision=min", "a,host=h1 b=1 1");
        assertThat(v1.status()).isEqualTo(400);
        assertThat(v1.json().path("error").asText()).contains("precision").contains("ns, n, us, u, µ, ms, s, m, h");

        Response v2 = write(V2 + "&precision=min", "a,host=h1 b=1 1");
        assertThat(v2.status()).isEqualTo(400);
        assertThat(v2.code()).isEqualTo("invalid");
        assertThat(v2.json().path("message").asText()).contains("ns, us, ms, s");
        assertThat(log.appended).isEmpty();
    }

    @Test
    void il2WithoutATimestampTheServersTimeHolds() throws Exception {
        write(V1, "a,host=h1 b=1");
        assertThat(onlyPoint().timestamp()).isEqualTo(Drafts.NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "ns, 1763687000000, ms",
        "ns, 1763687000, s",
        "ns, 1763687000000000, us",
        "ms, 1763687000000000000, ns",
        "s, 1763687000000, ms",
        "ms, 1763687000, s",
        "s, 29394783, m"
    })
    void il2AWrongUnitIsRefusedWithAHint(String precision, String timestamp, String meant) throws Exception {
        Response response = write(V1 + "&precision=" + precision, "a,host=h1 b=1 " + timestamp);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().path("error").asText()).contains("looks like " + meant + ",");
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "-1", "9223372036854775807", "-9223372036854775807"})
    void il2AnImpossibleTimeIsRefusedToo(String timestamp) throws Exception {
        assertThat(write(V1 + "&precision=h", "a,host=h1 b=1 " + timestamp).status())
                .isEqualTo(400);
        assertThat(write(V1, "a,host=h1 b=1 " + timestamp).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V2})
    void il3SuccessIsAnEmpty204(String path) throws Exception {
        Response response = write(path, "a,host=h1 b=1");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.http().body()).isEmpty();
        assertThat(response.header("X-Influxdb-Version")).isNotEmpty();
    }

    @Test
    void il3ClientsMayPing() throws Exception {
        Response get = door.send(door.request("/ping").GET());
        assertThat(get.status()).isEqualTo(204);
        assertThat(get.header("X-Influxdb-Version")).isNotEmpty();
        assertThat(door.send(door.request("/ping").HEAD()).status()).isEqualTo(204);

        Response verbose = door.send(door.request("/ping?verbose=true").GET());
        assertThat(verbose.status()).isEqualTo(200);
        assertThat(verbose.json().path("version").asText()).isEqualTo(get.header("X-Influxdb-Version"));
    }

    @Test
    void il4TelegrafMayCreateItsDatabase() throws Exception {
        String form = "q=CREATE+DATABASE+%22telegraf%22";
        Response response = door.send(door.request("/query")
                .POST(BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", basic("u", "fleet")));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().toString()).isEqualTo("{\"results\":[{\"statement_id\":0}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE DATABASE x, 200",
        "create  database \"x\" with duration 1d, 200",
        "CREATE RETENTION POLICY a ON b DURATION 1d REPLICATION 1, 200",
        "SHOW DATABASES, 200",
        "SELECT * FROM cpu, 400",
        "DROP DATABASE x, 400",
        "'', 400"
    })
    void il4OtherStatementsAreAnsweredToo(String statement, int status) throws Exception {
        String path = "/query?u=x&p=fleet&q=" + URLEncoder.encode(statement, UTF_8);
        Response got = door.send(door.request(path).GET());
        Response posted = door.send(door.request(path).POST(BodyPublishers.noBody()));

        assertThat(got.status()).isEqualTo(status);
        assertThat(posted.status()).isEqualTo(status);
        assertThat(got.json().has(status == 200 ? "results" : "error")).isTrue();
    }

    @Test
    void il4AFormMayComeInPieces() throws Exception {
        String head = "POST /query HTTP/1.1\r\nHost: x\r\nAuthorization: Token fleet\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (Socket socket = door.raw(head + "4\r\nq=CR\r\ne\r\nEATE+DATABASE+\r\n1\r\nx\r\n0\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"results\":[{\"statement_id\":0}]}");
        }
        try (Socket socket =
                door.raw(head + "2710\r\n" + ("a=" + "x".repeat(97) + "&").repeat(100) + "\r\n0\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void il4AFormThatDripsIsHungUpOn() throws Exception {
        try (Door impatient = new Door(
                        log, new HttpLimits(10 << 20, Duration.ofMillis(200), Duration.ofSeconds(2)), 64 << 20);
                Socket socket = impatient.raw("POST /query HTTP/1.1\r\nHost: x\r\nAuthorization: Token fleet\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nq=C")) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void il4DatabasesCannotBeMadeWithoutACredential() throws Exception {
        String path = "/query?q=CREATE+DATABASE+x";
        assertThat(door.send(door.request(path).GET()).status()).isEqualTo(401);
        assertThat(door.send(door.request(path + "&p=viewer").GET()).status()).isEqualTo(403);
        assertThat(door.send(door.request(path + "&p=early").GET()).status()).isEqualTo(503);
    }

    @Test
    void il5VersionOneSaysWhatItCouldNotParse() throws Exception {
        Response response = write(V1, "cpu,host=h1 value=");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().toString())
                .isEqualTo("{\"error\":\"unable to parse 'cpu,host=h1 value=': missing field value\"}");
    }

    @Test
    void il5VersionOneSaysHowManyLinesItDropped() throws Exception {
        Response response = write(V1, "a,host=h1 b=1\nbad\n\n# fine\na,host=h1 c=2\na c=3\n");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().path("error").asText())
                .startsWith("partial write: line 2: unable to parse 'bad': missing fields; line 6: neither the token")
                .endsWith(" dropped=2");
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("a_b", 1.0, "a_c", 2.0));
    }

    @Test
    void il5VersionOneNamesWhatIsOlderThanIsKept() throws Exception {
        long old = Drafts.NOW - 100L * 3_600_000;
        Response response = write(V1 + "&precision=ms", "a,host=h1 b=1 " + old);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().path("error").asText())
                .startsWith("partial write: ")
                .contains("points beyond retention policy");
    }

    @Test
    void il5VersionOneRefusesStrangers() throws Exception {
        Response response = write(V1, "a,host=h1 b=1", "Authorization", "Token nobody");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.json().toString()).isEqualTo("{\"error\":\"authorization failed\"}");
        assertThat(response.header("WWW-Authenticate")).startsWith("Basic ");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 401, unauthorized",
        "viewer, 403, forbidden",
        "early, 503, unavailable",
    })
    void il6VersionTwoHasWordsForEachStatus(String token, int status, String code) throws Exception {
        Response response = write(V2, "a,host=h1 b=1", "Authorization", "Token " + token);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.json().path("message").asText()).isNotEmpty();
    }

    @Test
    void il6VersionTwoHasWordsForTheOthersToo() throws Exception {
        assertThat(write(V2, " ".repeat(11 << 20)).code()).isEqualTo("request too large");
        assertThat(write(V2, "x\n".repeat(100_001)).code()).isEqualTo("request too large");
        assertThat(write(V2, "a,host=h1 b=1", "Content-Encoding", "br").code()).isEqualTo("unsupported media type");
        assertThat(door.send(door.request(V2).GET().header("Authorization", "Token h1"))
                        .code())
                .isEqualTo("method not allowed");
        log.become(Mood.FAIL);
        Response away = write(V2, "a,host=h1 b=1");
        assertThat(away.code()).isEqualTo("unavailable");
        assertThat(away.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @Test
    void il6VersionTwoKeepsTheValidLinesAndNamesTheFirstBadOne() throws Exception {
        Response response = write(V2, "a,host=h1 b=1\n# fine\nbad\na,host=h1 c=2\na d=4");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.code()).isEqualTo("invalid");
        assertThat(response.json().path("line").asInt()).isEqualTo(3);
        assertThat(response.json().path("message").asText())
                .startsWith(
                        "partial write error (2 written, 2 rejected): line 3: unable to parse 'bad': missing fields;"
                                + " line 5: neither the token");
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("a_b", 1.0, "a_c", 2.0));
    }

    @Test
    void il6VersionTwoTellsWhenNothingIsWritten() throws Exception {
        Response response = write(V2, "\nbad");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().toString())
                .isEqualTo("{\"code\":\"invalid\",\"message\":\"partial write error (0 written, 1 rejected): line 2:"
                        + " unable to parse 'bad': missing fields\",\"line\":2}");
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token fleet", "Token user:fleet", "Bearer fleet", "token fleet", "BASIC"})
    void il7CredentialsComeInManyForms(String header) throws Exception {
        String value = header.equals("BASIC") ? basic("anybody", "fleet") : header;
        for (String path : new String[] {V1, V2}) {
            assertThat(write(path, "a,host=h1 b=1", "Authorization", value).status())
                    .isEqualTo(204);
        }
    }

    @Test
    void il7CredentialsMayStandInTheAddress() throws Exception {
        assertThat(write(V1 + "&u=anybody&p=fleet", "a,host=h1 b=1").status()).isEqualTo(204);
        assertThat(write(V1 + "&u=anybody&p=nobody", "a,host=h1 b=1").status()).isEqualTo(401);
        assertThat(write(V1, "a,host=h1 b=1", "Authorization", "Basic !!!").status())
                .isEqualTo(401);
    }

    @Test
    void il8TelegrafSplitsWhatIsTooLargeAndPausesWhenWeAreAway() throws Exception {
        assertThat(write(V2, " ".repeat(11 << 20)).status()).isEqualTo(413);
        log.become(Mood.FAIL);
        assertThat(write(V2, "a,host=h1 b=1").status()).isEqualTo(503);
    }

    @Test
    void il9SeparatorsMayBeEscapedAndOtherBackslashesStand() throws Exception {
        String line = "my\\ mea\\,s=u,host=h1,a\\ b\\=c\\,=d\\ e\\=\\,f\\x f\\ g\\=\\,=1,h\\i=2 " + NANOS + "\r\n";
        assertThat(write(V2, line).status()).isEqualTo(204);
        assertThat(onlyPoint().subject().labels().asMap()).isEqualTo(Map.of("a b=c,", "d e=,f\\x"));
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("my mea,s=u_f g=,", 1.0, "my mea,s=u_h\\i", 2.0));
    }

    @Test
    void il9StringsMayHoldSeparatorsAndEscapedQuotes() throws Exception {
        String line = "p2p,host=h1 map_status=\"a, b=c \\\"d\\\" \\\\ \\n\",x=1 " + NANOS;
        assertThat(write(V2, line).status()).isEqualTo(204);
        assertThat(onlyPoint().states()).isEqualTo(Map.of("map_status", "a, b=c \"d\" \\ \\n"));
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("x", 1.0));
    }

    @Test
    void il9BlankLinesAndCommentsAndCarriageReturnsAreNoData() throws Exception {
        assertThat(write(V2, "\r\n   \n# a b=1\n\t\r\n  a,host=h1   b=1   " + NANOS + "  \r\n\n")
                        .status())
                .isEqualTo(204);
        assertThat(onlyPoint().timestamp()).isEqualTo(Drafts.NOW);
        assertThat(write(V2, "").status()).isEqualTo(204);
        assertThat(write(V2, "\n#\n").status()).isEqualTo(204);
        assertThat(log.appended).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1",
                "-1.5 | -1.5",
                "+2 | 2",
                ".5 | 0.5",
                "5. | 5",
                "1e3 | 1000",
                "1.5E-3 | 0.0015",
                "-0.0 | -0.0",
                "0.1 | 0.1",
                "12345678901234567 | 12345678901234567",
                "0.30000000000000004 | 0.30000000000000004",
                "9i | 9",
                "-9i | -9",
                "9223372036854775807i | 9.223372036854775807e18",
                "18446744073709551615u | 18446744073709551615",
                "7u | 7",
                "t | 1",
                "T | 1",
                "true | 1",
                "True | 1",
                "TRUE | 1",
                "f | 0",
                "F | 0",
                "false | 0",
                "False | 0",
                "FALSE | 0"
            })
    void il10ValuesAreNumbersOrBooleans(String text, double value) throws Exception {
        assertThat(write(V2, "a,host=h1 b=" + text).status()).isEqualTo(204);
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("a_b", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,host=h1 | missing fields",
                "a,host=h1  | missing fields",
                "a,host=h1 b | missing field value",
                "a,host=h1 b= | missing field value",
                "a,host=h1 =1 | missing field key",
                "a,host=h1 b=1, | missing fields",
                "a,host=h1 b=1,,c=2 | missing field key",
                "a,host=h1 b=1 c=2 | bad timestamp",
                "a,host=h1 b=1 17636870000000000000 | bad timestamp",
                "a,host=h1 b=1 9999999999999999999 | bad timestamp",
                "a,host=h1 b=1 - | bad timestamp",
                "a,host=h1 b=1 1 2 | bad timestamp",
                "a,host= b=1 | missing tag value",
                "a,host=h1,x= b=1 | missing tag value",
                "a,host=h1,x b=1 | missing tag value",
                "a,=x b=1 | missing tag key",
                "a, b=1 | missing tag key",
                "a,host=h1,x=1=2 b=1 | two values",
                "a,host=h1,host=h1 b=1 | duplicate tags",
                ",host=h1 b=1 | missing measurement",
                "a,host=h1 b=1x | invalid field format",
                "a,host=h1 b=1.5i | invalid field format",
                "a,host=h1 b=NaN | invalid number",
                "a,host=h1 b=inf | invalid number",
                "a,host=h1 b=1e | invalid number",
                "a,host=h1 b=- | invalid number",
                "a,host=h1 b=1e999 | float64",
                "a,host=h1 b=9223372036854775808i | int64",
                "a,host=h1 b=18446744073709551616u | uint64",
                "a,host=h1 b=-1u | uint64",
                "a,host=h1 b=tru | invalid boolean",
                "a,host=h1 b=truer | invalid boolean",
                "a,host=h1 b=\"x | unbalanced quotes",
                "a,host=h1 b=\"x\"y | invalid field format",
                "_a,host=h1 b=1 | reserved",
                "a,host=h1,_x=1 b=1 | reserved",
                "a,host=h1 _b=1 | reserved"
            })
    void il10WhatIsWrongIsSaid(String line, String reason) throws Exception {
        Response response = write(V1, line);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().path("error").asText())
                .startsWith("unable to parse '")
                .contains("': ")
                .contains(reason);
        assertThat(log.appended).isEmpty();
    }

    @Test
    void il10ALineOfEverNewTagsOrFieldsIsNotReadToItsEnd() throws Exception {
        StringBuilder tags = new StringBuilder("a,host=h1");
        StringBuilder fields = new StringBuilder("a,host=h1 b=1");
        for (int i = 0; i < 3000; i++) {
            tags.append(",t").append(i).append("=1");
            fields.append(",f").append(i).append("=1");
        }
        assertThat(write(V1, tags + " b=1").json().path("error").asText()).endsWith(": more than 128 tags");
        assertThat(write(V1, fields.toString()).json().path("error").asText()).endsWith(": more than 2000 fields");
    }

    @Test
    void il10StringsAreAtMost64Kilobytes() throws Exception {
        assertThat(write(V2, "a,host=h1 b=\"" + "x".repeat(64 * 1024) + "\"").status())
                .isEqualTo(204);
        assertThat(write(V2, "a,host=h1 b=\"" + "x".repeat(64 * 1024 + 1) + "\"")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void il10WhatIsNoUtf8IsRefused() throws Exception {
        byte[] line = "a,host=h1,x=? b=1".getBytes(UTF_8);
        line[12] = (byte) 0xff;
        Response response = write(V1, line);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.json().path("error").asText()).endsWith("not UTF-8");
    }

    @Test
    void il11TheSameSeriesAndTimeMergesAndTheNewestWins() throws Exception {
        String lines = "a,host=h1,x=y b=1,c=2 %s\na,x=y,host=h1 c=3,d=4 %s\n".formatted(NANOS, NANOS);
        assertThat(write(V2, lines).status()).isEqualTo(204);
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("a_b", 1.0, "a_c", 3.0, "a_d", 4.0));

        assertThat(write(V2, lines).status()).isEqualTo(204);
        assertThat(log.appended).as("sent again it is known").hasSize(1);
    }

    @Test
    void il12NumbersBecomeFieldsBooleansTooAndStringsNeverFailTheLine() throws Exception {
        String line = "system,host=h1 load1=0.5,n_users=3i,up=t,uptime_format=\"10 days\",long=\"%s\",empty=\"\" %s"
                .formatted("x".repeat(300), NANOS);
        assertThat(write(V2, line).status()).isEqualTo(204);
        assertThat(fields(onlyPoint())).isEqualTo(Map.of("load1", 0.5, "system_n_users", 3.0, "system_up", 1.0));
        assertThat(onlyPoint().states()).isEqualTo(Map.of("system_uptime_format", "10 days"));
    }

    @Test
    void il12ALineOfNothingButAStringThatCannotBeKeptIsNoError() throws Exception {
        assertThat(write(V2, "a,host=h1 b=\"\"").status()).isEqualTo(204);
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mem,host=h1 used_percent=5 | host | memory_usage",
                "p2p,host=h1,peer=h2 rtt_ms=5 | connection | latency_ms",
                "p2p,host=h1 p2p_connections_active=5 | host | active_connections",
                "map,host=h1,map=a player_count=5 | map | player_count",
                "map,host=h1,map=a load=5 | map | map_load",
                "game,host=h1,kind=pod x=5 | pod | game_x",
                "game,host=h1,stream=a x=5 | stream | game_x",
                "player_count,host=h1 value=5 | host | player_count",
                "temperature,host=h1 value=5 | host | temperature_value"
            })
    void fieldsAndKindsAreFoundByTheCatalogue(String line, String kind, String field) throws Exception {
        assertThat(write(V2, line).status()).isEqualTo(204);
        assertThat(onlyPoint().subject().kind()).isEqualTo(kind);
        assertThat(fields(onlyPoint())).isEqualTo(Map.of(field, 5.0));
    }

    @Test
    void aLineMayTellOfTwoKinds() throws Exception {
        assertThat(write(V2, "p2p,host=h1,peer=h2 rtt_ms=5,player_count=6,x=7,ice_state=\"connected\" " + NANOS)
                        .status())
                .isEqualTo(204);
        PointBatch batch = log.appended.getFirst();
        assertThat(batch.points())
                .extracting(point -> point.subject().kind(), LineProtocolTest::fields, Point::states)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "connection", Map.of("latency_ms", 5.0, "x", 7.0), Map.of("ice_state", "connected")),
                        org.assertj.core.groups.Tuple.tuple("host", Map.of("player_count", 6.0), Map.of()));
    }

    @Test
    void aRequestMayTellOfManyHosts() throws Exception {
        String lines = "a,host=h1 b=1\na,host=h2 b=2\na,host.name=h3 b=3\na,instance=h4:9100 b=4\na,host=h1 c=5";
        assertThat(write(V2, lines).status()).isEqualTo(204);
        assertThat(log.appended).extracting(PointBatch::host).containsExactly("h1", "h2", "h3", "h4:9100");
        assertThat(log.appended.getFirst().samples()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /write?precision=%zz, 400",
        "POST /write?db=%zz, 400",
        "POST /api/v2/write?bucket=%E0%A4%A, 400",
        "GET /query?q=%zz, 400",
        "GET /ping?verbose=%zz, 204",
    })
    void anAddressThatCannotBeDecodedIsTheSendersFault(String line, int status) throws Exception {
        String head = line + " HTTP/1.1\r\nHost: x\r\nAuthorization: Token fleet\r\nConnection: close\r\n\r\n";
        try (Socket socket = door.raw(head)) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void aHostsOwnTokenNamesItAndNobodyElse() throws Exception {
        assertThat(write(V2, "a b=1\na,host=h1 c=2", "Authorization", "Token h1")
                        .status())
                .isEqualTo(204);
        assertThat(onlyPoint().subject().host()).isEqualTo("h1");

        Response response = write(V2, "a b=1\na,host=h2 c=2", "Authorization", "Token h1");
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.code()).isEqualTo("forbidden");
        assertThat(log.appended).hasSize(1);
    }

    @Test
    void whatOneTokenMadeKnownIsNotAnothers() throws Exception {
        String line = "a,instance=h9 b=1";
        write(V2, line);
        write(V2, line, "Authorization", "Token h1");

        assertThat(log.appended).extracting(PointBatch::host).containsExactly("h9", "h1");
    }

    @Test
    void fieldsThatComeAndGoAreReadAsTheyAre() throws Exception {
        String[] shapes = {"b=1,c=2", "b=1", "c=2,b=1", "b=\"x\",c=2", "b=1,c=2,d=3", "b=t,c=f", "b=1,cc=2", "bb=1,c=2"
        };
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            long time = Drafts.NOW - 1000 + i;
            lines.append("a,host=h1 ")
                    .append(shapes[i * 7 % shapes.length])
                    .append(' ')
                    .append(time)
                    .append('\n');
        }
        assertThat(write(V2 + "&precision=ms", lines.toString()).status()).isEqualTo(204);
        for (Point point : log.appended.getFirst().points()) {
            int i = (int) (point.timestamp() - Drafts.NOW + 1000);
            Map<String, Double> expected =
                    switch (i * 7 % shapes.length) {
                        case 0, 2 -> Map.of("a_b", 1.0, "a_c", 2.0);
                        case 1 -> Map.of("a_b", 1.0);
                        case 3 -> Map.of("a_c", 2.0);
                        case 4 -> Map.of("a_b", 1.0, "a_c", 2.0, "a_d", 3.0);
                        case 5 -> Map.of("a_b", 1.0, "a_c", 0.0);
                        case 6 -> Map.of("a_b", 1.0, "a_cc", 2.0);
                        default -> Map.of("a_bb", 1.0, "a_c", 2.0);
                    };
            assertThat(fields(point)).isEqualTo(expected);
        }
    }
}
