package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A hundred links of which those of one provider take to a relay, and a map that is far from its players: told beside the
 * other troubles of {@link NetworkStory}, so that it costs no time of its own.
 */
final class CrowdStory {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final List<String> RING =
            IntStream.range(0, 20).mapToObj(i -> "net-k" + i).toList();
    private static final int NEXT = 5;
    private static final int OF_ACME = 6;
    private static final int RELAYED = 45;
    private static final String RELAY = "net-turn-1";
    private static final String MAP = "net-map";
    private static final String FAR = "net-s1";
    private static final String NEAR = "net-s2";
    /** Nearer still, and too busy. */
    private static final String BUSY = "net-s3";

    private static final List<String> PLAYERS = List.of("net-p0", "net-p1", "net-p2");
    private static final String ARENA = "net-arena";
    private static final String THERE = "net-t1";
    /** It seems nearer until it has the map. */
    private static final String WORSE = "net-t2";

    private static final List<String> FIGHTERS = List.of("net-u0", "net-u1", "net-u2");

    private final Doors doors;
    private final Story story;
    private final NetworkFeed feed;

    CrowdStory(Doors doors, Story story, NetworkFeed feed) {
        this.doors = doors;
        this.story = story;
        this.feed = feed;
    }

    void gathers() {
        for (int i = 0; i < RING.size(); i++) {
            feed.label(RING.get(i), "isp", i < OF_ACME ? "acme" : "other");
            for (int next = 1; next <= NEXT; next++) {
                feed.link(RING.get(i), RING.get((i + next) % RING.size()));
            }
        }
        for (String player : PLAYERS) {
            both(FAR, player, 90);
            both(NEAR, player, 50);
            both(BUSY, player, 10);
        }
        feed.busy(BUSY, 90);
        feed.map(MAP, FAR);
        for (String fighter : FIGHTERS) {
            both(THERE, fighter, 90);
            both(WORSE, fighter, 50);
        }
        feed.map(ARENA, THERE);
    }

    private void both(String one, String other, double millis) {
        feed.link(one, other);
        feed.says(one, other, millis);
        feed.says(other, one, millis);
    }

    void theNearerHostIsAdvised() {
        story.holdsWithin(SETTLED, "the map should move", () -> {
            JsonNode advice = advice(FAR, "open");
            assertThat(advice.path("to").asText()).isEqualTo(NEAR);
            assertThat(advice.path("map").asText()).isEqualTo(MAP);
            assertThat(advice.path("gain").asDouble()).isBetween(39.0, 41.0);
            assertThat(advice(THERE, "open").path("to").asText()).isEqualTo(WORSE);
        });
        assertThat(suggestions(BUSY, "open").path("total").asInt())
                .as("nobody asks a busy host")
                .isZero();
    }

    private JsonNode advice(String host, String state) {
        return suggestions(host, state).at("/suggestions/0");
    }

    private JsonNode suggestions(String host, String state) {
        Answer answer =
                doors.viewer().get("/api/v1/network/suggestions?kind=move_map&host=" + host + "&state=" + state);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.at("");
    }

    void changes() {
        feed.map(MAP, NEAR);
        feed.map(ARENA, WORSE);
        FIGHTERS.forEach(fighter -> both(WORSE, fighter, 140));
        eachOfAcme(feed::relay);
    }

    private interface Change {
        void make(String one, String other, String relay);
    }

    private static void eachOfAcme(Change change) {
        for (int i = 0; i < RING.size(); i++) {
            for (int next = 1; next <= NEXT; next++) {
                int other = (i + next) % RING.size();
                if (i < OF_ACME || other < OF_ACME) {
                    change.make(RING.get(i), RING.get(other), RELAY);
                }
            }
        }
    }

    void theRelayIsNamedOnce(RecordingWebhook webhook) {
        Message told = story.within(
                SETTLED, "relayed links are told", () -> webhook.first("alert.firing", "relayed_links", "network"));
        assertThat(told.alerts().getFirst().path("summary").asText()).contains(RELAY, "isp=acme");
        story.holdsWithin(SOON, "the paths are counted by relay and provider", () -> {
            Answer paths = doors.viewer().get("/api/v1/network/paths?by=isp");
            assertThat(paths.at("/relays/0/relay").asText())
                    .as(paths.toString())
                    .isEqualTo(RELAY);
            assertThat(paths.at("/relays/0/links").asInt()).isEqualTo(RELAYED);
            assertThat(paths.at("/groups/0/value").asText()).isEqualTo("acme");
        });
        story.tell("%s", told.alerts().getFirst().path("summary").asText());
    }

    void changesBack() {
        eachOfAcme((one, other, relay) -> feed.direct(one, other));
    }

    void everythingIsKnown(RecordingWebhook webhook) {
        Message over = story.within(
                SOON, "links go directly again", () -> webhook.first("alert.resolved", "relayed_links", "network"));
        assertThat(over.alerts().getFirst().path("summary").asText())
                .as("for how long they did not")
                .matches(".*; back to .* after [0-9.]+ (minutes|s)");
        assertThat(webhook.ofType("alert.firing", "relayed_links", "network")).hasSize(1);
        story.holdsWithin(SETTLED, "the move brought what was said", () -> {
            JsonNode advice = advice(FAR, "confirmed");
            assertThat(advice.path("measured_gain").asDouble()).isBetween(39.0, 41.0);
        });
        story.holdsWithin(SETTLED, "the other made it worse, so advice of its kind counts less", () -> {
            JsonNode refuted = suggestions(THERE, "refuted");
            assertThat(refuted.at("/suggestions/0/measured_gain").asDouble()).isBetween(-51.0, -49.0);
            assertThat(refuted.path("records").findValuesAsText("kind")).contains("move_map");
            JsonNode record = refuted.path("records")
                    .get(refuted.path("records").findValuesAsText("kind").indexOf("move_map"));
            assertThat(record.path("refuted").asInt()).isPositive();
            assertThat(record.path("weight").asDouble()).isLessThan(1);
        });
        Answer heat = doors.viewer().strong().get("/api/v1/network/heatmap?hosts=net-a,net-b");
        assertThat(heat.at("/links/0/from").asText()).as(heat.toString()).isEqualTo("net-b");
        assertThat(heat.at("/links/0/mean").asDouble()).isEqualTo(400);
    }
}
