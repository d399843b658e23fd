package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.rule.DefaultRules;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.testkit.ailment.Ailment;
import io.peerscope.testkit.ailment.Patient;
import io.peerscope.testkit.ailment.Report;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Every shipped rule, those that are shipped switched off too: a host for each falls ill and gets well, as its operator
 * would see it on the alerts API. What hosts send is dated back, so that an hour of trouble takes half a minute.
 */
final class DefaultRulesStory {
    private static final Duration WELL = Duration.ofMinutes(10);
    /** Longer than the patience of any rule and its window together. */
    private static final Duration ILL = Duration.ofMinutes(17);
    /** Until windows are past; all of it together is younger than what is too old to be told, an hour. */
    private static final Duration WELL_AGAIN = Duration.ofMinutes(20);

    private static final Duration LONG = Duration.ofSeconds(45);

    private final Doors doors;
    private final Story story;
    private final List<Ill> all;

    /** A host and what is wrong with it. */
    private record Ill(String host, Ailment ailment, Patient patient) {
        static Ill number(int number, Ailment ailment) {
            String host = "ill-%02d".formatted(number);
            return new Ill(host, ailment, new Patient(ailment.of(host)));
        }

        boolean isMeantBy(JsonNode alert) {
            return alert.path("host").asText().equals(host)
                    && alert.path("rule_id").asText().equals(ailment.rule());
        }
    }

    DefaultRulesStory(Doors doors, Story story) {
        this.doors = doors;
        this.story = story;
        List<Ailment> ailments = Ailment.ofShippedRules();
        this.all = IntStream.range(0, ailments.size())
                .mapToObj(i -> Ill.number(i, ailments.get(i)))
                .toList();
    }

    void tell() {
        Map<String, JsonNode> before = rules();
        assertThat(before.keySet())
                .containsAll(DefaultRules.load().stream().map(Rule::id).toList());
        try {
            haveAPast();
            switchOn(before);
            Instant begin = Instant.now().minus(WELL).minus(ILL).minus(WELL_AGAIN);
            Instant fallIll = begin.plus(WELL);
            Instant getWell = fallIll.plus(ILL);
            all.forEach(ill -> {
                List<Point> points = points(ill, ill.ailment().healthy(), begin, fallIll);
                points.addAll(points(ill, ill.ailment().sick(), fallIll, getWell));
                post(ill, points);
            });
            fire();
            all.forEach(ill -> post(ill, points(ill, ill.ailment().healthy(), getWell, Instant.now())));
            resolve(begin);
        } finally {
            before.forEach((id, rule) -> doors.admin().put("/api/v1/rules/" + id, rule));
        }
    }

    private Map<String, JsonNode> rules() {
        Answer answer = doors.viewer().get("/api/v1/rules?page_size=500");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Map<String, JsonNode> rules = new LinkedHashMap<>();
        for (JsonNode rule : answer.at("/rules")) {
            ObjectNode document = rule.deepCopy();
            document.remove("version");
            rules.put(rule.path("id").asText(), document);
        }
        return rules;
    }

    /** Rules that detect know what to expect from weeks that lie in the database. */
    private void haveAPast() {
        for (Ill ill : all) {
            switch (ill.ailment().rule()) {
                case "disk_full" ->
                    haveSent(ill, ill.ailment().sick()).hours("disk_usage", 21 * 24, StoredPast.growing(93, 0.1));
                case "unusual_latency" -> usually(ill, "latency");
                case "unusual_currency_supply" -> usually(ill, "currency_supply");
                case "unusual_mob_count" -> usually(ill, "mob_count");
                default -> {} // needs none
            }
        }
    }

    private void usually(Ill ill, String field) {
        StoredPast past = haveSent(ill, ill.ailment().healthy());
        past.hours(field, 28 * 24, StoredPast.daily(40, 4));
        past.minutes(field, 6 * 24 + 23, StoredPast.daily(40, 4));
    }

    /** So that the host is known; its hour is made of this report, so it should fit. */
    private StoredPast haveSent(Ill ill, Report report) {
        Instant before = Instant.now().minus(Duration.ofMinutes(50));
        post(ill, List.of(ill.patient().sends(report, before.toEpochMilli())));
        assertThat(doors.viewer().strong().get("/api/v1/hosts/" + ill.host()).status())
                .isEqualTo(200);
        return new StoredPast(doors.database(), ill.host());
    }

    private void switchOn(Map<String, JsonNode> rules) {
        rules.forEach((id, rule) -> {
            ObjectNode document = rule.deepCopy();
            switch (id) { // another question is answered now, and not with the next hour
                case "disk_full" -> document.put("within", "47h");
                case "unusual_currency_supply", "unusual_mob_count" -> document.put("season", "day");
                default -> {} // is switched on now, or needs no past
            }
            if (!document.equals(rule) || !rule.path("enabled").asBoolean()) {
                Answer answer = doors.admin().put("/api/v1/rules/" + id, document.put("enabled", true));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            }
        });
        story.holdsWithin(
                LONG, "it is known what to expect", () -> assertThat(expected()).isGreaterThanOrEqualTo(4));
    }

    /** Series of which it is known. */
    private double expected() {
        return doors.admin()
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("peerscope_query_expectations{") && line.contains("state=\"known\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static List<Point> points(Ill ill, Report report, Instant from, Instant until) {
        List<Point> points = new ArrayList<>();
        for (Instant at = from; at.isBefore(until); at = at.plus(Ailment.EVERY)) {
            points.add(ill.patient().sends(report, at.toEpochMilli()));
        }
        return points;
    }

    private void post(Ill ill, List<Point> points) {
        List<Map<String, Object>> sent = points.stream()
                .map(point -> {
                    Map<String, Double> fields = new TreeMap<>();
                    List<String> names = point.shape().fields();
                    for (int i = 0; i < names.size(); i++) {
                        fields.put(names.get(i), point.values()[i]);
                    }
                    return Map.<String, Object>of(
                            "kind", point.subject().kind(),
                            "labels", point.subject().labels().asMap(),
                            "timestamp", point.timestamp(),
                            "fields", fields,
                            "states", point.states());
                })
                .toList();
        Answer answer = doors.ingest()
                .post(
                        "/api/v1/ingest",
                        Map.of("host", ill.host(), "sent_at", System.currentTimeMillis(), "points", sent));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.at("/rejected").asInt()).as(answer.toString()).isZero();
    }

    private void fire() {
        story.holdsWithin(LONG, "each of them fires", () -> {
            List<JsonNode> active = alerts(doors.viewer().get("/api/v1/alerts/active?status=firing"));
            assertThat(all).allSatisfy(ill -> assertThat(active.stream().filter(ill::isMeantBy))
                    .as("%s on %s", ill.ailment(), ill.host())
                    .hasSize(1));
        });
    }

    private void resolve(Instant begin) {
        String hosts = all.stream().map(Ill::host).collect(Collectors.joining(","));
        story.holdsWithin(LONG, "each of them has ended", () -> assertThat(
                        alerts(doors.viewer().strong().get("/api/v1/alerts/active?host=" + hosts)))
                .isEmpty());
        List<JsonNode> past =
                alerts(doors.viewer().strong().get("/api/v1/alerts?page_size=500&from=" + begin + "&host=" + hosts));
        for (Ill ill : all) {
            List<JsonNode> episodes = past.stream().filter(ill::isMeantBy).toList();
            assertThat(episodes).as("%s on %s", ill.ailment(), ill.host()).hasSize(1);
            JsonNode alert = episodes.getFirst();
            assertThat(alert.path("status").asText()).isEqualTo("resolved");
            assertThat(alert.path("summary").asText()).contains(ill.host()).doesNotContain("{{");
            assertThat(Duration.between(
                            Instant.parse(alert.path("started_at").asText()),
                            Instant.parse(alert.path("fired_at").asText())))
                    .as("%s", alert)
                    .isBetween(Duration.ZERO, ILL);
            isToldOnce(ill, alert.path("id").asText());
        }
        story.tell("%d ailments, each told once with its severity", all.size());
    }

    private void isToldOnce(Ill ill, String id) {
        Answer answer = doors.viewer().get("/api/v1/alerts/" + id + "/timeline");
        List<JsonNode> moments = StreamSupport.stream(answer.at("/timeline").spliterator(), false)
                .toList();
        List<JsonNode> firing = moments.stream()
                .filter(moment -> moment.path("what").asText().equals("firing"))
                .toList();
        assertThat(firing).as("%s", moments).hasSize(1);
        assertThat(firing.getFirst().at("/alert/severity").asText())
                .as("%s of %s", ill.ailment(), ill.host())
                .isEqualTo(ill.ailment().severity().word());
        assertThat(moments.stream()
                        .filter(moment -> moment.path("what").asText().equals("resolved")))
                .as("%s", moments)
                .hasSize(1);
    }

    private static List<JsonNode> alerts(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(answer.at("/alerts").spliterator(), false).toList();
    }
}
