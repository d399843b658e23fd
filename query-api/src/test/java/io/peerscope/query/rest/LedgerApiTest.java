package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.receipt.ReceiptId;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import io.peerscope.contracts.topic.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class LedgerApiTest extends RunningApi {
    private static final String SECRET = "kJ3_x-9aQWERTYUIOPasdf";

    private final String host = "acc-" + UUID.randomUUID();
    private final long now = Instant.now().toEpochMilli();

    private ReceiptId.Part send(long time, int rejected, String... fields) {
        Map<String, Double> values = new HashMap<>();
        for (String field : fields) {
            values.put(field, 1.0);
        }
        Point point = Point.of(new Subject(host, "host", Labels.none()), time, values);
        PointBatch batch = new PointBatch(host, "", 0, now, SECRET, 0, false, List.of(point), rejected, 0);
        return writer.write(Topic.METRICS_POINTS, host, PointBatchCodec.encode(batch)).entrySet().stream()
                .map(next -> new ReceiptId.Part(
                        SECRET, List.of(new ReceiptId.Place(next.getKey().partition(), next.getValue() - 1))))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode get(String path, String token) {
        Api.Answer answer = api.get(path, as(token, "X-Read-Consistency", "strong"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private String hostToken(String name) {
        return api.send("POST", "/api/v1/hosts", "{\"host\":\"" + name + "\"}", as(admin))
                .json()
                .path("token")
                .asText();
    }

    @Test
    void aClockThatIsWrongIsShownWithWhatWasCorrected() {
        Point point = Point.of(new Subject(host, "host", Labels.none()), now - 5, Map.of("a", 1.0, "b", 2.0));
        PointBatch batch = new PointBatch(host, "", 0, now, SECRET, -3_600_000, false, List.of(point), 1, 0);
        writer.write(Topic.METRICS_POINTS, host, PointBatchCodec.encode(batch));

        JsonNode clock = get("/api/v1/hosts/" + host + "/clock", viewer);
        assertThat(clock.path("correction_ms").asLong()).isEqualTo(-3_600_000);
        assertThat(clock.path("verdict").asText()).isEqualTo("ahead");
        assertThat(clock.at("/changes/0/after_ms").asLong()).isEqualTo(-3_600_000);
        assertThat(clock.at("/days/0/corrected_samples").asLong()).isEqualTo(2);
        assertThat(clock.at("/days/0/ahead_ms").asLong()).isEqualTo(-5);
        assertThat(get("/api/v1/clocks?page_size=500", viewer).path("clocks").findValuesAsText("host"))
                .contains(host);
        JsonNode days = get("/api/v1/hosts/" + host + "/ledger/days?days=3", viewer);
        assertThat(days.at("/days/0/sent").asLong()).isEqualTo(3);
        assertThat(days.at("/days/0/rejected").asLong()).isEqualTo(1);
        assertThat(get("/api/v1/ledger?page_size=500", viewer).path("hosts").findValuesAsText("host"))
                .contains(host);
        assertThat(api.get("/api/v1/hosts/nobody-knows/clock", as(viewer)).status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/ledger?day=yesterday", as(viewer)).status()).isEqualTo(400);
    }

    @Test
    void theDayAddsUpAndReceiptsLeadToTheirRecords() {
        ReceiptId.Part first = send(now, 1, "a", "b");
        ReceiptId.Part second = send(now, 0, "b", "c");
        ReceiptId.Part late = send(now - 3_600_000, 0, "a");
        writer.write(
                Topic.INGEST_RECEIPTS,
                host,
                Json.encode(new ReceiptRecord(host, SECRET, Instant.ofEpochMilli(now), 2, 2, 0, Map.of(), List.of())));

        String own = hostToken(host);
        for (String token : List.of(viewer, fleet, own)) {
            assertThat(get("/api/v1/hosts/" + host + "/ledger", token))
                    .isEqualTo(Json.mapper()
                            .valueToTree(Map.of(
                                    "host", host,
                                    "day",
                                            LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC)
                                                    .toString(),
                                    "accepted", 7,
                                    "stored", 3,
                                    "duplicate", 3,
                                    "late", 1,
                                    "quarantined", 0,
                                    "in_flight", 0,
                                    "rejected", 1,
                                    "balanced", true)));
        }
        JsonNode all = get(
                "/api/v1/ingest/receipts/"
                        + ReceiptId.of(List.of(first, second, late)).text(),
                own);
        assertThat(all.path("state").asText()).isEqualTo("stored");
        assertThat(all.path("accepted").asInt()).isEqualTo(5);
        assertThat(all.path("stored").asInt()).isEqualTo(3);
        assertThat(all.path("duplicate").asInt()).isEqualTo(1);
        assertThat(all.path("late").asInt()).isEqualTo(1);
        assertThat(all.path("rejected").asInt()).isEqualTo(1);
        assertThat(all.path("in_flight").asInt()).isZero();
        assertThat(all.path("records")).hasSize(3);
        String one = "/api/v1/ingest/receipts/" + ReceiptId.of(List.of(first)).text();
        assertThat(get(one, operator).path("stored").asInt()).isEqualTo(2);
        assertThat(get(one, fleet).path("records").get(0).path("host").asText()).isEqualTo(host);

        String stranger = hostToken("other-" + UUID.randomUUID());
        assertThat(api.get(one, as(stranger)).status()).isEqualTo(404);
        assertThat(api.get(one, as(viewer)).status()).isEqualTo(403);
        assertThat(api.get(one.replace("kJ3", "kJ4"), as(operator)).status()).isEqualTo(404);
        assertThat(api.get(one + "zzz", as(operator)).status()).isEqualTo(404);
        assertThat(api.get(one.replace('.', '~'), as(operator)).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/hosts/" + host + "/ledger", as(stranger)).code())
                .isEqualTo("host_mismatch");
    }

    @Test
    void aDayWithoutAnythingIsNothingAndBalances() {
        JsonNode nothing = get("/api/v1/hosts/" + host + "/ledger?day=2020-02-29", viewer);
        assertThat(nothing.path("accepted").asInt()).isZero();
        assertThat(nothing.path("balanced").asBoolean()).isTrue();
        assertWrong("/api/v1/hosts/" + host + "/ledger?day=yesterday", "bad_timestamp", "day");
    }

    @Test
    void whatWasRefusedCanBeReadWithItsReason() {
        writer.write(
                Topic.INGEST_RECEIPTS,
                host,
                Json.encode(new ReceiptRecord(
                        host,
                        SECRET,
                        Instant.ofEpochMilli(now),
                        0,
                        0,
                        3,
                        Map.of("bad_value", 2, "too_old", 1),
                        List.of(new RefusedSample("host", "cpu_usage", "101.0", now, "bad_value", "at most 100")))));

        JsonNode entries = get("/api/v1/quarantine?host=" + host, operator);
        assertThat(entries.path("total").asInt()).isEqualTo(3);
        JsonNode entry = entries.path("quarantine").get(0);
        assertThat(entry.path("name").asText()).isEqualTo("cpu_usage");
        assertThat(entry.path("value").asText()).isEqualTo("101.0");
        assertThat(entry.path("timestamp").asText())
                .isEqualTo(Instant.ofEpochMilli(now).toString());
        assertThat(entry.path("code").asText()).isEqualTo("bad_value");
        String own = hostToken(host);
        assertThat(get("/api/v1/quarantine", own)).isEqualTo(entries);
        assertThat(get("/api/v1/quarantine?host=" + host, own)).isEqualTo(entries);
        assertThat(get("/api/v1/quarantine", hostToken("other-" + UUID.randomUUID()))
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(api.get("/api/v1/quarantine?host=another", as(own)).code()).isEqualTo("host_mismatch");
        assertThat(get("/api/v1/quarantine?host=" + host + "&code=too_old", operator)
                        .path("quarantine")
                        .get(0)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(get("/api/v1/hosts/" + host + "/ledger", viewer)
                        .path("rejected")
                        .asInt())
                .isEqualTo(3);
    }
}
