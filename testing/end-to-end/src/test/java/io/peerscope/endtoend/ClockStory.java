package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Hosts that are an hour ahead among hosts whose clocks are right, so many that every partition has both; then the clocks
 * jump back. What the right ones come to is computed here from what they sent, as if the others were not there.
 */
final class ClockStory {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** A minute that has just begun, its grace, and the way into the database. */
    private static final Duration CLOSED = Duration.ofSeconds(110);

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long FAR_AWAY = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    private static final List<String> RIGHT = names("clock-y");
    private static final List<String> WRONG = names("clock-x");
    private static final String STRAY = "clock-z";
    private static final int ROUNDS_AHEAD = 8;
    /** The first few are taken as late ones of the clock that was: nobody can tell them from these. */
    private static final int ROUNDS_BACK = 10;

    private final Doors doors;
    private final Story story;
    private final Map<String, Map<Long, Minute>> sent = new TreeMap<>();
    private final List<Long> strayTimes = new ArrayList<>();
    private long lastTime;

    /** What a host's samples of a minute come to. Values are quarters, so that no order of adding makes a difference. */
    private record Minute(long count, double sum, double min, double max) {
        Minute plus(double value) {
            return new Minute(count + 1, sum + value, Math.min(min, value), Math.max(max, value));
        }
    }

    ClockStory(Doors doors, Story story) {
        this.doors = doors;
        this.story = story;
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, 24).mapToObj(i -> prefix + i).toList();
    }

    void tell() {
        isReady();
        for (int round = 0; round < ROUNDS_AHEAD; round++) {
            everybodyReports(round, HOUR);
        }
        story.tell("%d hosts are an hour ahead, as many are right", WRONG.size());
        theWrongAreFlagged();
        thereIsAnAlertForEach("firing");
        oneSampleIsDated2099();
        for (int round = 0; round < ROUNDS_BACK; round++) {
            everybodyReports(ROUNDS_AHEAD + round, 0);
        }
        story.tell("their clocks have jumped back");
        thereIsAnAlertForEach("resolved");
        theRightAreAsIfTheyWereAlone();
        theWrongCountOnce();
        theStrayChangedNothing();
    }

    private void isReady() {
        story.holdsWithin(Duration.ofSeconds(60), "it is ready", () -> assertThat(
                        doors.viewer().get("/q/health/ready").status())
                .isEqualTo(200));
    }

    private void everybodyReports(int round, long ahead) {
        for (int i = 0; i < RIGHT.size(); i++) {
            report(WRONG.get(i), round, ahead);
            report(RIGHT.get(i), round, 0);
        }
    }

    private void report(String host, int round, long ahead) {
        long now = later();
        double value = (Math.abs(host.hashCode() % 90) + round * 7 % 11) / 4.0;
        if (accepted(host, now + ahead, List.of(point(now + ahead, value))) != 1) {
            throw new AssertionError(host + " was refused");
        }
        sent.computeIfAbsent(host, name -> new TreeMap<>())
                .merge(now / MINUTE * MINUTE, new Minute(1, value, value, value), (known, one) -> known.plus(value));
    }

    /** Never the same twice, so that each report is a sample of its own. */
    private long later() {
        lastTime = Math.max(lastTime + 1, System.currentTimeMillis());
        return lastTime;
    }

    private static Map<String, Object> point(long time, double value) {
        return Map.of("timestamp", time, "fields", Map.of("cpu_usage", value));
    }

    private int accepted(String host, long sentAt, List<Map<String, Object>> points) {
        Answer answer =
                doors.ingest().post("/api/v1/ingest", Map.of("host", host, "sent_at", sentAt, "points", points));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.at("/accepted").asInt();
    }

    private JsonNode read(String path) {
        Answer answer = doors.viewer().strong().get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.at("");
    }

    private void theWrongAreFlagged() {
        for (String host : WRONG) {
            JsonNode clock = read("/api/v1/hosts/" + host + "/clock");
            assertThat(clock.path("verdict").asText()).as("%s", clock).isEqualTo("ahead");
            assertThat(clock.path("correction_ms").asLong()).as(host).isBetween(-HOUR - 1000, -HOUR + 1000);
            assertThat(clock.at("/days/0/corrected_samples").asInt()).as(host).isEqualTo(ROUNDS_AHEAD);
            assertThat(clock.at("/days/0/ahead_ms").asLong())
                    .as(host)
                    .isLessThanOrEqualTo(clock.path("most_ahead_ms").asLong());
        }
        for (String host : RIGHT) {
            assertThat(read("/api/v1/hosts/" + host + "/clock").path("verdict").asText())
                    .as(host)
                    .isEqualTo("right");
        }
        assertThat(hostsOf(read("/api/v1/clocks?page_size=100")))
                .containsAll(WRONG)
                .doesNotContainAnyElementsOf(RIGHT);
        story.tell("they are flagged, and nobody else is");
    }

    private void thereIsAnAlertForEach(String status) {
        story.holdsWithin(SOON, "there is an alert for each, " + status, () -> {
            JsonNode alerts = read("/api/v1/alerts?rule_id=wrong_clock&page_size=200&status=" + status)
                    .path("alerts");
            assertThat(alerts.findValuesAsText("host"))
                    .containsAll(WRONG)
                    .doesNotContainAnyElementsOf(RIGHT)
                    .doesNotContain(STRAY);
        });
    }

    private static List<String> hostsOf(JsonNode clocks) {
        return clocks.path("clocks").findValuesAsText("host");
    }

    /** Between two true ones, and in their batch. */
    private void oneSampleIsDated2099() {
        for (int i = 0; i < 3; i++) {
            long now = later();
            strayTimes.add(now);
            List<Map<String, Object>> points =
                    i == 1 ? List.of(point(now, 10), point(FAR_AWAY, 99)) : List.of(point(now, 10));
            assertThat(accepted(STRAY, now, points)).isEqualTo(1);
        }
        story.tell("a sample of 2099 came");
    }

    private void theRightAreAsIfTheyWereAlone() {
        story.holdsWithin(CLOSED, "the minutes of the right are what they would be alone", () -> {
            for (String host : RIGHT) {
                assertThat(stored(host)).as(host).isEqualTo(sent.get(host));
            }
        });
        for (String host : RIGHT) {
            JsonNode ledger = read("/api/v1/hosts/" + host + "/ledger");
            assertThat(ledger.path("stored").asInt()).as("%s", ledger).isEqualTo(ROUNDS_AHEAD + ROUNDS_BACK);
            assertThat(ledger.path("late").asInt())
                    .as("a window was closed early: %s", ledger)
                    .isZero();
            assertThat(read("/api/v1/hosts/" + host + "/clock").path("verdict").asText())
                    .as(host)
                    .isEqualTo("right");
        }
    }

    /** Each sample stands in one minute; none of these is in the future, and those of the hour ahead are where they belong. */
    private void theWrongCountOnce() {
        story.holdsWithin(SOON, "every sample of the wrong is in one minute", () -> {
            for (String host : WRONG) {
                Map<Long, Minute> minutes = stored(host);
                assertThat(minutes.values().stream().mapToLong(Minute::count).sum())
                        .as(host)
                        .isEqualTo(ROUNDS_AHEAD + ROUNDS_BACK);
                assertThat(minutes.keySet()).as(host).allSatisfy(minute -> assertThat(minute)
                        .isLessThanOrEqualTo(System.currentTimeMillis()));
            }
        });
        for (String host : WRONG) {
            JsonNode clock = read("/api/v1/hosts/" + host + "/clock");
            assertThat(clock.path("verdict").asText()).as("%s", clock).isEqualTo("right");
            assertThat(clock.path("jumps").asInt()).as("%s", clock).isEqualTo(2);
            JsonNode ledger = read("/api/v1/hosts/" + host + "/ledger");
            assertThat(ledger.path("accepted").asInt()).as("%s", ledger).isEqualTo(ROUNDS_AHEAD + ROUNDS_BACK);
            assertThat(ledger.path("duplicate").asInt()).as("%s", ledger).isZero();
            assertThat(ledger.path("balanced").asBoolean()).as("%s", ledger).isTrue();
        }
    }

    private void theStrayChangedNothing() {
        JsonNode ledger = read("/api/v1/hosts/" + STRAY + "/ledger");
        assertThat(ledger.path("rejected").asInt()).as("%s", ledger).isEqualTo(1);
        assertThat(ledger.path("stored").asInt()).as("%s", ledger).isEqualTo(strayTimes.size());
        assertThat(ledger.path("late").asInt()).as("%s", ledger).isZero();
        assertThat(read("/api/v1/hosts/" + STRAY + "/clock").path("verdict").asText())
                .isEqualTo("right");
        Answer refused = doors.operator().strong().get("/api/v1/quarantine?host=" + STRAY);
        assertThat(refused.at("/total").asInt()).as(refused.toString()).isEqualTo(1);
        assertThat(refused.at("/quarantine/0/code").asText()).isEqualTo("too_new");
        assertThat(times(STRAY)).containsExactlyElementsOf(strayTimes);
        story.tell("the sample of 2099 is in the quarantine and nowhere else");
    }

    private Map<Long, Minute> stored(String host) throws SQLException {
        Map<Long, Minute> minutes = new TreeMap<>();
        String sql = "select r.time, r.counts[1], r.sums[1], r.mins[1], r.maxs[1] from rollup_1m r"
                + " join subject s on s.id = r.subject_id where s.host = ? and s.kind = 'host'";
        try (Connection connection = doors.database().connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, host);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    minutes.merge(
                            rows.getTimestamp(1).getTime(),
                            new Minute(rows.getLong(2), rows.getDouble(3), rows.getDouble(4), rows.getDouble(5)),
                            (one, other) -> {
                                throw new AssertionError("two rows of one minute: " + one + ", " + other);
                            });
                }
            }
        }
        return minutes;
    }

    private List<Long> times(String host) {
        List<Long> times = new ArrayList<>();
        String sql = "select r.time from raw_point r join subject s on s.id = r.subject_id where s.host = ? order by 1";
        try (Connection connection = doors.database().connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, host);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    times.add(rows.getTimestamp(1).getTime());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return times;
    }
}
