package io.peerscope.ingest.http;

import static io.peerscope.ingest.http.Door.POINT;
import static io.peerscope.ingest.http.Door.head;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import io.peerscope.ingest.protobuf.ProtoMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestRoutesTest {
    private static final String[] FLEET = {"Authorization: Bearer fleet", "Content-Type: application/json"};

    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door =
            new Door(log, new HttpLimits(10 << 20, Duration.ofMillis(700), Duration.ofMillis(700)), 64 << 20);

    @AfterEach
    void everythingBalancesAndNothingStays() {
        log.release();
        await().untilAsserted(() -> assertThat(door.inFlight.requests()).isZero());
        assertThat(door.inFlight.bytes()).isZero();
        assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        door.close();
    }

    private static String[] with(String... more) {
        String[] headers = new String[FLEET.length + more.length];
        System.arraycopy(FLEET, 0, headers, 0, FLEET.length);
        System.arraycopy(more, 0, headers, FLEET.length, more.length);
        return headers;
    }

    /** What the server says until it hangs up; how long it takes is the caller's to check. */
    private static String untilClosed(Socket socket) throws IOException {
        StringBuilder said = new StringBuilder();
        InputStream in = socket.getInputStream();
        int c;
        while ((c = in.read()) >= 0) {
            said.append((char) c);
        }
        return said.toString();
    }

    private static String untilBodyOf(Socket socket, String ending) throws IOException {
        StringBuilder said = new StringBuilder();
        int c;
        while (said.indexOf(ending) < 0 && (c = socket.getInputStream().read()) >= 0) {
            said.append((char) c);
        }
        return said.toString();
    }

    @Test
    void anAcceptedBatchIsAnsweredAsDocumented() throws Exception {
        Response response = door.post(POINT);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.json().fieldNames())
                .toIterable()
                .containsExactly("accepted", "rejected", "duplicate", "receipt");
        assertThat(response.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(response.json().path("receipt").asText())
                .isEqualTo(log.appended.getFirst().receipt());
        assertThat(door.post(POINT).json().path("duplicate").asBoolean()).isTrue();
    }

    @Test
    void partlyInvalidIsAcceptedWithErrors() throws Exception {
        Response response = door.post(POINT.replace("]}", ",{\"timestamp\":\"never\",\"fields\":{\"a\":1,\"b\":2}}]}"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().path("rejected").asInt()).isEqualTo(2);
        assertThat(response.json().path("errors").toString())
                .isEqualTo("[{\"index\":1,\"code\":\"bad_timestamp\","
                        + "\"detail\":\"timestamp must be RFC 3339 or epoch milliseconds\"}]");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"host\":\"h1\"', 400, malformed",
        "'{\"host\":\"h1\",\"points\":[]}', 400, missing_field",
        "'{\"host\":\"h1\",\"colour\":1}', 400, unknown_field",
        "'{\"host\":\"h1\",\"points\":[{\"fields\":{\"a\":NaN}}]}', 400, bad_value",
        "'{\"host\":\"h1\",\"points\":[{\"fields\":{\"a\":1e999}}]}', 400, bad_value",
        "'{\"host\":\"h1\",\"points\":[{\"fields\":{\"a b\":1}}]}', 400, bad_name",
        "'{\"host\":\"h1\",\"points\":[{\"timestamp\":1763687000,\"fields\":{\"a\":1}}]}', 400, too_old"
    })
    void whatCannotBeTakenIsAProblem(String body, int status, String code) throws Exception {
        Response response = door.post(body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.json().path("status").asInt()).isEqualTo(status);
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 401, unauthenticated", "Bearer nobody, 401, unauthenticated", "Bearer, 401, unauthenticated",
        "Basic ZmxlZXQ6, 401, unauthenticated", "fleet, 401, unauthenticated", "Bearer viewer, 403, forbidden",
        "Bearer early, 503, kafka_unavailable", "bearer fleet, 200, ''"
    })
    void onlyHostsAndFleetsMayWrite(String authorization, int status, String code) throws Exception {
        Response response = authorization.isEmpty()
                ? door.post(BodyPublishers.ofString(POINT))
                : door.post(BodyPublishers.ofString(POINT), "Authorization", authorization);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.code()).isEqualTo(code);
        assertThat(response.header("WWW-Authenticate").isEmpty()).isEqualTo(status != 401);
        assertThat(response.header("Retry-After").isEmpty()).isEqualTo(status != 503);
    }

    @Test
    void whoseTokenExpiredIsToldWhatToDo() throws Exception {
        Response response = door.post(BodyPublishers.ofString(POINT), "Authorization", "Bearer expired");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.code()).isEqualTo("unauthenticated");
        assertThat(response.json().path("detail").asText())
                .contains("expired at 2026-11-01T00:00:00Z")
                .contains("peerscope token rotate HOST");
        assertThat(log.appended).isEmpty();
    }

    @Test
    void anotherHostsNameIsForbiddenAndNothingIsKept() throws Exception {
        Response response =
                door.post(BodyPublishers.ofString(POINT.replace("\"h1\"", "\"h2\"")), "Authorization", "Bearer h1");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.code()).isEqualTo("host_mismatch");
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, , 200",
        "application/json; charset=UTF-8, , 200",
        ", , 200",
        "application/json, identity, 200",
        "text/plain, , 415",
        "application/json; charset=latin1, , 415",
        "application/x-www-form-urlencoded, , 415",
        "application/json, br, 415",
        "application/json, deflate, 415",
        "application/json, 'gzip, gzip', 415",
        "application/json, snappy, 415"
    })
    void formatsThatAreNotUnderstoodAreRefused(String type, String encoding, int status) throws Exception {
        var request = door.request().POST(BodyPublishers.ofString(POINT)).header("Authorization", "Bearer fleet");
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        assertThat(door.send(request).status()).isEqualTo(status);
    }

    @Test
    void protobufIsTakenAndAnsweredInJson() throws Exception {
        byte[] batch = new ProtoMessage()
                .text(1, "")
                .text(1, "cpu_usage")
                .text(2, "h1")
                .message(9, new ProtoMessage().packed(1, 1))
                .message(10, new ProtoMessage().zigzag(3, Drafts.NOW).numbers(4, 50))
                .bytes();
        for (String type : List.of("application/x-protobuf", "application/protobuf; x=y")) {
            Response response =
                    door.post(BodyPublishers.ofByteArray(batch), "Authorization", "Bearer h1", "Content-Type", type);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.json().path("accepted").asInt()).isEqualTo(1);
        }
        Response broken = door.post(
                BodyPublishers.ofString("{}"), "Authorization", "Bearer h1", "Content-Type", "application/x-protobuf");
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.code()).isEqualTo("malformed");
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        Response response = door.send(door.request().GET());

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("POST");
    }

    @Test
    void aDeclaredLengthAboveTheLimitIsRefusedAtOnceAndTheConnectionCloses() throws Exception {
        try (Socket socket = door.raw(head(with("Content-Length: 11534336")))) {
            assertThat(untilClosed(socket)).startsWith("HTTP/1.1 413").contains("body_too_large", "connection: close");
        }
    }

    @Test
    void aSenderWhoSendsElevenMebibytesSeesWhyTheyAreRefused() throws Exception {
        Response response = door.post(" ".repeat(11 << 20));

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.code()).isEqualTo("body_too_large");
    }

    @Test
    void withoutADeclaredLengthTheBytesAreCounted() throws Exception {
        Response response = door.post(
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[11 << 20])),
                "Authorization",
                "Bearer fleet");

        assertThat(response.status()).isEqualTo(413);
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() throws Exception {
        Response response = door.post(POINT + " ".repeat((10 << 20) - POINT.length()));

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void whoHasNoCredentialIsAnsweredBeforeHisBody() throws Exception {
        try (Socket socket = door.raw(head("Content-Length: 5000000"))) {
            assertThat(untilClosed(socket)).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aRefusalOfASmallBodyKeepsTheConnection() throws Exception {
        String unauthenticated = head("Content-Length: 2") + "{}";
        try (Socket socket = door.raw(unauthenticated)) {
            assertThat(untilBodyOf(socket, "}")).startsWith("HTTP/1.1 401");
            socket.getOutputStream().write((head(with("Content-Length: " + POINT.length())) + POINT).getBytes(UTF_8));
            assertThat(untilBodyOf(socket, "}")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whoAsksWhetherToSendIsToldTo() throws Exception {
        try (Socket socket = door.raw(head(with("Content-Length: " + POINT.length(), "Expect: 100-continue")))) {
            assertThat(untilBodyOf(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write(POINT.getBytes(UTF_8));
            assertThat(untilBodyOf(socket, "}")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatDripsIsGivenUp() throws Exception {
        try (Socket socket = door.raw(head(with("Content-Length: 100")) + "{")) {
            assertThat(untilClosed(socket)).isEmpty();
        }
    }

    @Test
    void aSenderWhoHangsUpLeavesNothing() throws Exception {
        try (Socket socket = door.raw(head(with("Content-Length: 100000")) + "{")) {
            await().until(() -> door.inFlight.requests() == 1);
        } catch (SocketException closed) {
            // either end may be first
        }
        await().until(() -> door.inFlight.requests() == 0);
    }

    @Test
    void kafkaAwayIsUnavailableWithAPause() throws Exception {
        log.become(Mood.FAIL);
        Response response = door.post(POINT);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.code()).isEqualTo("kafka_unavailable");
        assertThat(response.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @Test
    void nobodyWaitsBeyondTheDeadlineAndALateAcknowledgementIsRemembered() throws Exception {
        log.become(Mood.HANG);
        Response response = door.post(POINT);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.code()).isEqualTo("kafka_unavailable");

        log.release();
        await().until(() -> door.inFlight.requests() == 0);
        assertThat(door.post(POINT).json().path("duplicate").asBoolean()).isTrue();
    }

    @Test
    void smallBodiesAreReadOnTheEventLoopAndLargeOnesAreNot() throws Exception {
        door.post(POINT);
        assertThat(log.threads.getFirst()).contains("eventloop");

        door.post(POINT.replace("70}", "71}") + " ".repeat(HttpLimits.INLINE));
        assertThat(log.threads.getLast()).contains("worker");
    }

    @Test
    void bytesInFlightAreBounded() throws Exception {
        try (Door narrow = new Door(log, HttpLimits.standard(), 100_000)) {
            log.become(Mood.HANG);
            String large = POINT + " ".repeat(60_000);
            var first = CompletableFuture.supplyAsync(() -> {
                try {
                    return narrow.post(large);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().until(() -> log.appended.size() == 1);

            Response refused = narrow.post(large);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("overloaded");
            assertThat(refused.header("Retry-After")).isEqualTo("1");

            log.release();
            assertThat(first.join().status()).isEqualTo(200);
            log.become(Mood.ACKNOWLEDGE);
            assertThat(narrow.post(large).status()).isEqualTo(200);
            assertThat(narrow.inFlight.bytes()).isZero();
        }
    }

    @Test
    void aStoppingInstanceFinishesWhatItHasAndTakesNothingMore() throws Exception {
        log.become(Mood.HANG);
        var first = CompletableFuture.supplyAsync(() -> {
            try {
                return door.post(POINT);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> log.appended.size() == 1);

        door.inFlight.announce(Duration.ZERO);
        Response late = door.post("{\"host\":\"h1\",\"points\":[]}");
        assertThat(late.code()).as("it is still looked at").isEqualTo("missing_field");
        assertThat(late.header("Connection")).isEqualTo("close");
        assertThat(door.inFlight.drain(Duration.ofMillis(50))).isFalse();
        assertThat(door.post(POINT).code()).isEqualTo("overloaded");
        log.release();
        assertThat(door.inFlight.drain(Duration.ofSeconds(5))).isTrue();
        assertThat(first.join().status()).isEqualTo(200);
    }

    @Test
    void tooManyPointsAre413() throws Exception {
        String point = "{\"timestamp\":" + Drafts.NOW + ",\"fields\":{\"a\":1}},";
        Response response = door.post(
                "{\"host\":\"h1\",\"points\":[" + point.repeat(10_000) + point.substring(0, point.length() - 1) + "]}");

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.code()).isEqualTo("too_many_points");
    }

    @Test
    void whatIsNoTextCostsItsPointOnly() throws Exception {
        Response response = door.post("{\"host\":\"h1\",\"points\":["
                + "{\"kind\":\"map\",\"labels\":{\"map\":1},\"fields\":{\"a\":1}},"
                + "{\"states\":{\"map_status\":{}},\"fields\":{\"a\":1}},"
                + "{\"fields\":{\"a\":1}}]}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(response.json().path("rejected").asInt()).isEqualTo(2);
        assertThat(response.json().path("errors").findValuesAsText("code")).containsExactly("bad_value", "bad_value");
    }

    @Test
    void anUnknownFieldIsNamed() throws Exception {
        Response response = door.post("{\"host\":\"h1\",\"points\":[{\"value\":1}]}");

        assertThat(response.code()).isEqualTo("unknown_field");
        assertThat(response.json().path("errors").findValuesAsText("field")).containsExactly("points[0].value");
    }
}
