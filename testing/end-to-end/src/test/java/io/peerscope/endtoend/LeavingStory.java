package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.story.Story;
import io.peerscope.testkit.webhook.RecordingWebhook;
import java.time.Duration;
import java.util.List;

/**
 * Who takes leave is not missed, who goes without a word is; and an end of a link that says nothing of it any more makes it
 * no healthy one. Told beside the other troubles of {@link NetworkStory}.
 */
final class LeavingStory {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String POLITE = "net-q0";
    /** They have nothing in common. */
    private static final List<String> RUDE = List.of("net-w", "net-v", "net-g");

    private final Doors doors;
    private final Story story;
    private final NetworkFeed feed;

    LeavingStory(Doors doors, Story story, NetworkFeed feed) {
        this.doors = doors;
        this.story = story;
        this.feed = feed;
    }

    void gathers() {
        feed.clique(POLITE, "net-q1", "net-q2");
        RUDE.forEach(rude -> feed.clique(rude + 0, rude + 1, rude + 2));
        feed.link("net-e", "net-f");
    }

    void leaves() {
        feed.goodbye(POLITE);
        feed.failAll(POLITE);
        for (String rude : RUDE) {
            feed.mute(rude + 0);
            feed.failAll(rude + 0);
        }
        feed.omits("net-f", "net-e");
    }

    void oneEndAloneIsSaidToBe() {
        story.holdsWithin(SOON, "a link of which one end speaks is one-sided", () -> {
            JsonNode link = read("/api/v1/network/links/net-e/net-f");
            assertThat(link.path("verdict").asText()).isEqualTo("one_sided");
            assertThat(link.at("/from_b/fresh").asBoolean()).isFalse();
        });
    }

    void onlyWhoSaidNothingIsMissed(RecordingWebhook webhook) {
        for (String rude : RUDE) {
            String gone = rude + 0;
            story.within(
                    SETTLED,
                    "who went without a word is missed",
                    () -> webhook.first("alert.firing", "host_presence", gone));
            JsonNode missed = read("/api/v1/hosts/" + gone + "/presence");
            assertThat(missed.path("state").asText()).isEqualTo("down");
            assertThat(missed.path("evidence").toString()).isEqualTo("[\"%s1\",\"%s2\"]".formatted(rude, rude));
            assertThat(webhook.ofType("alert.firing", "host_presence", gone))
                    .as("each by itself, once")
                    .hasSize(1);
        }
        assertThat(read("/api/v1/hosts/" + POLITE + "/presence").path("state").asText())
                .isEqualTo("left");
        assertThat(webhook.messages("host_presence", POLITE)).isEmpty();
    }

    private JsonNode read(String path) {
        Answer answer = doors.viewer().get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.at("");
    }
}
