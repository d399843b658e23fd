package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.Message;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** What only many hosts together tell: which end lies, where the mesh breaks, who hides behind whom, who is only mute. */
final class NetworkStory {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(50);
    private static final List<String> X = List.of("net-x0", "net-x1", "net-x2");
    private static final List<String> Y = List.of("net-y0", "net-y1", "net-y2");
    private static final List<String> CHILDREN =
            IntStream.range(0, 6).mapToObj(i -> "net-h" + i).toList();
    private static final String HUB = "net-r";
    /** Of single links, and impatient: without incidents it would be a message for each end of each link. */
    private static final String LOST = "net_lost";

    /** The rule of which each hears; the first hears of everything that concerns its hosts. */
    private static final List<String> CHANNELS = List.of("host_presence", "network_split", "relayed_links");

    private final Doors doors;
    private final Story story;

    NetworkStory(Doors doors, Story story) {
        this.doors = doors;
        this.story = story;
    }

    void tell() {
        try (RecordingWebhook webhook = RecordingWebhook.start();
                NetworkFeed feed = new NetworkFeed(doors.ingest())) {
            CHANNELS.forEach(rule -> channel(webhook, rule));
            ruleOfLinks();
            feed.clique(X.toArray(String[]::new));
            feed.clique(Y.toArray(String[]::new));
            feed.clique("net-m0", "net-m1", "net-m2");
            feed.link("net-x0", "net-y0");
            feed.link("net-a", "net-b");
            feed.link("net-c", "net-d");
            CHILDREN.forEach(child -> feed.link(HUB, child));
            CrowdStory crowd = new CrowdStory(doors, story, feed);
            crowd.gathers();
            LeavingStory leaving = new LeavingStory(doors, story, feed);
            leaving.gathers();
            feed.says("net-b", "net-a", 400);
            feed.start();
            bothEndsAreSeen();
            theWeakPlaceIsNamed();
            theyAreKnownByTheirPace();
            crowd.theNearerHostIsAdvised();

            feed.claims("net-d", "net-c", "failed");
            feed.fail("net-x0", "net-y0");
            CHILDREN.forEach(child -> feed.fail(HUB, child));
            feed.mute("net-m1");
            crowd.changes();
            leaving.leaves();
            bothClaimsAreShown();
            theSplitIsToldOnce(webhook);
            theHubIsToldForItsChildren(webhook);
            itsLinksAreToldWithIt(webhook);
            theMuteIsNotDead();
            leaving.oneEndAloneIsSaidToBe();
            leaving.onlyWhoSaidNothingIsMissed(webhook);
            crowd.theRelayIsNamedOnce(webhook);
            theDifferenceIsToldOfThePair(webhook);

            crowd.changesBack();
            feed.mend("net-x0", "net-y0");
            CHILDREN.stream().skip(1).forEach(child -> feed.mend(HUB, child));
            everythingEnds(webhook);
            scoresCanBeComputedAgain();
            crowd.everythingIsKnown(webhook);
        } finally {
            doors.admin().delete("/api/v1/rules/" + LOST);
            CHANNELS.forEach(rule -> doors.admin().delete("/api/v1/channels/net-" + rule));
        }
    }

    private void ruleOfLinks() {
        Map<String, Object> rule = Map.of(
                "id",
                LOST,
                "kind",
                "connection",
                "metric",
                "packet_loss",
                "where",
                Map.of("host", "net-*"),
                "operator",
                ">",
                "warning",
                50,
                "duration",
                5,
                "summary",
                "{{host}} loses {{value}} % to {{peer}}");
        Answer made = doors.admin().post("/api/v1/rules", rule);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    private void channel(RecordingWebhook webhook, String rule) {
        Map<String, String> matchers =
                rule.equals("host_presence") ? Map.of("host", "net-*") : Map.of("rule_id", rule, "host", "network");
        Answer made = doors.admin()
                .post(
                        "/api/v1/channels",
                        webhook.channel(
                                "net-" + rule,
                                Map.of("cooldown_seconds", 0, "max_per_minute", 60, "matchers", matchers)));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    private JsonNode read(String path) {
        Answer answer = doors.viewer().get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.at("");
    }

    private void bothEndsAreSeen() {
        story.holdsWithin(SOON, "a link's two directions differ by 380 ms", () -> {
            JsonNode link = read("/api/v1/network/links/net-b/net-a");
            assertThat(link.path("verdict").asText()).isEqualTo("asymmetric");
            assertThat(link.at("/asymmetry/latency_ms").asDouble()).isEqualTo(380);
        });
        story.holdsWithin(SOON, "the matrix has both", () -> assertThat(
                        read("/api/v1/network/matrix?metric=latency_ms&hosts=net-a,net-b")
                                .path("cells"))
                .hasSize(2));
    }

    private void theWeakPlaceIsNamed() {
        story.holdsWithin(SOON, "one link holds the mesh together", () -> {
            List<String> bridges = new ArrayList<>();
            read("/api/v1/network/topology")
                    .path("bridges")
                    .forEach(pair -> bridges.add(
                            pair.path(0).asText() + ">" + pair.path(1).asText()));
            assertThat(bridges.stream().filter(pair -> pair.contains("net-x") || pair.contains("net-y")))
                    .containsExactly("net-x0>net-y0");
            assertThat(read("/api/v1/network/links?host=" + HUB).path("total").asInt())
                    .isEqualTo(CHILDREN.size());
        });
    }

    /** After a single report nobody knows when the next one is due. */
    private void theyAreKnownByTheirPace() {
        story.holdsWithin(SOON, "it is known how often they report", () -> {
            for (String way : List.of("net-m0/net-m1", "net-c/net-d", "net-x0/net-y0", "net-h5/net-r")) {
                JsonNode link = read("/api/v1/network/links/" + way);
                assertThat(link.at("/from_a/interval_seconds").asDouble()).isPositive();
                assertThat(link.at("/from_b/interval_seconds").asDouble()).isPositive();
            }
        });
    }

    private void theDifferenceIsToldOfThePair(RecordingWebhook webhook) {
        Message told = story.within(
                SETTLED, "the two directions are told", () -> webhook.first("alert.firing", "link_asymmetry", "net-a"));
        assertThat(told.alerts().getFirst().at("/subject/labels/peer").asText()).isEqualTo("net-b");
    }

    private void bothClaimsAreShown() {
        story.holdsWithin(SETTLED, "one end says up, the other down", () -> {
            JsonNode link = read("/api/v1/network/links/net-c/net-d");
            assertThat(link.path("verdict").asText()).isEqualTo("contradiction");
            assertThat(link.at("/from_a/claim").asText()).isEqualTo("up");
            assertThat(link.at("/from_b/claim").asText()).isEqualTo("down");
        });
    }

    private void theSplitIsToldOnce(RecordingWebhook webhook) {
        Message split = story.within(
                SETTLED, "the split is told", () -> webhook.first("alert.firing", "network_split", "network"));
        String summary = split.alerts().getFirst().path("summary").asText();
        assertThat(summary).contains("3 | 3").contains(X).contains(Y);
        assertThat(split.alerts().getFirst().path("severity").asText()).isEqualTo("critical");
    }

    private void theHubIsToldForItsChildren(RecordingWebhook webhook) {
        story.within(SETTLED, "the hub is told", () -> webhook.first("alert.firing", "host_presence", HUB));
        JsonNode incident = StreamSupport.stream(
                        read("/api/v1/incidents?status=open").path("incidents").spliterator(), false)
                .filter(each -> each.path("name").asText().equals(HUB))
                .findFirst()
                .orElseThrow();
        assertThat(incident.path("children").findValuesAsText("host")).containsExactlyElementsOf(CHILDREN);
        assertThat(incident.path("children").findValuesAsText("state")).containsOnly("cut_off");
        for (String child : CHILDREN) {
            assertThat(webhook.messages("host_presence", child)).as(child).isEmpty();
        }
    }

    /** Each has its alert, whose timeline says with what it was told; a link of nobody's failure is told by itself. */
    private void itsLinksAreToldWithIt(RecordingWebhook webhook) {
        story.within(SETTLED, "a link is told", () -> webhook.first("alert.firing", LOST, "net-x0"));
        String child = CHILDREN.getLast();
        JsonNode alert = story.within(SETTLED, "a link of the hub has an alert", () -> StreamSupport.stream(
                        read("/api/v1/alerts/active?host=" + child)
                                .path("alerts")
                                .spliterator(),
                        false)
                .filter(each -> each.path("rule_id").asText().equals(LOST))
                .findFirst());
        story.holdsWithin(SETTLED, "it says that it is part of the hub's failure", () -> assertThat(
                        read("/api/v1/alerts/" + alert.path("id").asText() + "/timeline")
                                .path("timeline"))
                .anySatisfy(moment -> {
                    assertThat(moment.path("reason").asText()).isEqualTo("incident");
                    assertThat(moment.path("cause").asText()).startsWith("host:" + HUB + ":");
                }));
        assertThat(webhook.messages(LOST, child)).isEmpty();
        assertThat(webhook.messages(LOST, HUB)).isEmpty();
    }

    private void theMuteIsNotDead() {
        story.holdsWithin(SETTLED, "whose peers reach it has only lost its voice", () -> {
            JsonNode presence = read("/api/v1/hosts/net-m1/presence");
            assertThat(presence.path("state").asText()).isEqualTo("telemetry_lost");
            assertThat(presence.path("evidence").toString()).isEqualTo("[\"net-m0\",\"net-m2\"]");
        });
    }

    private void everythingEnds(RecordingWebhook webhook) {
        story.within(SOON, "the split is over", () -> webhook.first("alert.resolved", "network_split", "network"));
        story.within(SOON, "so is the hub's trouble", () -> webhook.first("alert.resolved", "host_presence", HUB));
        story.within(
                SETTLED,
                "who stays bad is told now",
                () -> webhook.first("alert.firing", "host_presence", CHILDREN.getFirst()));
        assertThat(webhook.ofType("alert.firing", "network_split", "network")).hasSize(1);
        assertThat(webhook.ofType("alert.firing", "host_presence", HUB)).hasSize(1);
        assertThat(webhook.messages(LOST, CHILDREN.getLast())).isEmpty();
    }

    private void scoresCanBeComputedAgain() {
        long now = System.currentTimeMillis();
        List<Map<String, Object>> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(Map.of(
                    "type", "transfer", "timestamp", now - i, "peer", "net-b", "to", i == 0 ? "failed" : "success"));
        }
        assertThat(doors.ingest()
                        .post("/api/v1/events", Map.of("host", "net-a", "events", events))
                        .status())
                .isEqualTo(200);
        JsonNode score =
                doors.viewer().strong().get("/api/v1/hosts/net-a/reliability").at("");
        assertThat(score.at("/transfers/successes").asInt())
                .as(score.toString())
                .isEqualTo(4);
        assertThat(score.at("/transfers/trials").asInt()).isEqualTo(5);
        story.tell("its score has its inputs: %s", score);
    }
}
