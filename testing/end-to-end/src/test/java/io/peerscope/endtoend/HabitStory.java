package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Who is away at this hour every day is not missed, who never was is; and how far a host can be relied on can be computed again
 * from what is shown beside it. Nobody can wait two weeks, so what the hosts reported in them comes to the task that knows the
 * network as it would have come then, with the receive times of then.
 */
final class HabitStory {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String SLEEPER = "habit-sleeper";
    private static final String EARLY = "habit-early";
    private static final List<String> PEERS = List.of("habit-p0", "habit-p1");
    private static final int DAYS = 15;
    /** Of an hour, which makes it one of presence. */
    private static final int MINUTES = 31;

    private final Doors doors;
    private final Story story;
    private final Producer<String, byte[]> producer;

    HabitStory(Doors doors, Story story, Producer<String, byte[]> producer) {
        this.doors = doors;
        this.story = story;
        this.producer = producer;
    }

    void tell() {
        try (NetworkFeed feed = new NetworkFeed(doors.ingest())) {
            feed.clique(PEERS.toArray(String[]::new));
            for (String host : List.of(SLEEPER, EARLY)) {
                PEERS.forEach(peer -> feed.link(host, peer));
                feed.mute(host);
                feed.failAll(host);
            }
            feed.start();
            Instant now = Instant.now();
            twoWeeks(SLEEPER, now, now.truncatedTo(ChronoUnit.HOURS));
            twoWeeks(EARLY, now, now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(12)));
            story.tell("two weeks have passed");
            onlyTheUnusualAbsenceIsMissed();
        }
        scoresRankByWhatIsKnown();
    }

    /**
     * A report a minute, but for three hours around the same hour of each day; then it is silent.
     *
     * @param absent the beginning of that hour on some day
     */
    private void twoWeeks(String host, Instant now, Instant absent) {
        long last = 0;
        Instant hour = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(DAYS));
        for (; hour.isBefore(now); hour = hour.plus(Duration.ofHours(1))) {
            long away = Math.floorMod(Duration.between(absent, hour).toHours() + 1, 24);
            for (int minute = 0; away > 2 && minute < MINUTES; minute++) {
                Instant at = hour.plus(Duration.ofMinutes(minute));
                if (at.isBefore(now)) {
                    last = reports(host, at.toEpochMilli());
                }
            }
        }
        // So it is known by a quick pace, and missed soon.
        for (int second = 1; second <= 40; second++) {
            reports(host, last + second * 1000L);
        }
        producer.flush();
    }

    private long reports(String host, long at) {
        Point who = Point.of(new Subject(host, Subject.HOST, Labels.of("region", host)), at, Map.of());
        PointBatch batch = new PointBatch(host, "", 0, at, "", 0, false, List.of(who));
        producer.send(
                new ProducerRecord<>(Topic.NETWORK_REPORTS.topicName(), null, at, host, PointBatchCodec.encode(batch)));
        return at;
    }

    private void onlyTheUnusualAbsenceIsMissed() {
        story.holdsWithin(SETTLED, "who is never there at this hour is expected to be away", () -> assertThat(
                        presence(SLEEPER).path("state").asText())
                .isEqualTo("expected_absence"));
        story.holdsWithin(SETTLED, "who always is counts as down, on the word of its peers", () -> {
            assertThat(presence(EARLY).path("state").asText()).isEqualTo("down");
            assertThat(presence(EARLY).path("evidence").toString()).isEqualTo("[\"habit-p0\",\"habit-p1\"]");
        });
        story.holdsWithin(SETTLED, "that is an alert", () -> assertThat(rulesOfAlerts(EARLY))
                .contains("host_presence"));
        assertThat(rulesOfAlerts(SLEEPER)).doesNotContain("host_presence");
        assertThat(presence(SLEEPER).path("crashes").asInt()).isZero();
        assertThat(presence(EARLY).path("crashes").asInt()).isOne();
    }

    private JsonNode presence(String host) {
        return read("/api/v1/hosts/" + host + "/presence");
    }

    private List<String> rulesOfAlerts(String host) {
        return read("/api/v1/alerts?host=" + host).path("alerts").findValuesAsText("rule_id");
    }

    private void scoresRankByWhatIsKnown() {
        transfers("habit-once", 1, 0);
        transfers("habit-often", 999, 1);
        double once = score("habit-once", 1, 1);
        double often = score("habit-often", 999, 1000);
        assertThat(often).as("999 of 1000 are worth more than one of one").isGreaterThan(once);
        story.tell("one of one is worth %.4f, 999 of 1000 are worth %.4f", once, often);
    }

    private void transfers(String host, int successes, int failures) {
        long now = System.currentTimeMillis();
        List<Map<String, Object>> events = new ArrayList<>();
        IntStream.range(0, successes + failures)
                .forEach(i -> events.add(Map.of(
                        "type",
                        "transfer",
                        "timestamp",
                        now - i,
                        "peer",
                        "habit-p0",
                        "to",
                        i < failures ? "failed" : "success")));
        for (int from = 0; from < events.size(); from += 100) {
            List<Map<String, Object>> some = events.subList(from, Math.min(events.size(), from + 100));
            Answer answer = doors.ingest().post("/api/v1/events", Map.of("host", host, "events", some));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        }
    }

    /** @return the score, which is the product of the lower ends of Wilson's intervals of what is shown beside it */
    private double score(String host, int successes, int trials) {
        JsonNode shown = story.within(SOON, "the score of " + host + " is there", () -> {
            Answer answer = doors.viewer().strong().get("/api/v1/hosts/" + host + "/reliability");
            return answer.at("/transfers/trials").asInt() == trials ? Optional.of(answer.json()) : Optional.empty();
        });
        assertThat(shown.at("/transfers/successes").asInt()).isEqualTo(successes);
        double product = 1;
        for (String part : List.of("availability", "links", "transfers")) {
            JsonNode inputs = shown.path(part);
            if (inputs.isObject()) {
                double bound = wilson(
                        inputs.path("successes").asDouble(),
                        inputs.path("trials").asDouble(),
                        shown.path("z").asDouble());
                assertThat(inputs.path("lower_bound").asDouble()).as(part).isCloseTo(bound, within(1e-9));
                product *= bound;
            }
        }
        assertThat(shown.path("score").asDouble()).as("%s", shown).isCloseTo(product, within(1e-9));
        return product;
    }

    private static double wilson(double successes, double n, double z) {
        double p = successes / n;
        double square = z * z;
        return (p + square / (2 * n) - z * Math.sqrt(p * (1 - p) / n + square / (4 * n * n))) / (1 + square / n);
    }

    private JsonNode read(String path) {
        Answer answer = doors.viewer().strong().get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
