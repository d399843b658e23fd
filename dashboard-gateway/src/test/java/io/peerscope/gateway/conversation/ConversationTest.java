package io.peerscope.gateway.conversation;

import static io.peerscope.gateway.live.Samples.T0;
import static io.peerscope.gateway.live.Samples.fired;
import static io.peerscope.gateway.live.Samples.host;
import static io.peerscope.gateway.live.Samples.network;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.Frame;
import io.peerscope.gateway.live.LiveView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
    private static final String EPOCH = "this-start";

    private final LiveView view = new LiveView(() -> T0);
    private final AlertLog alerts = new AlertLog(10_000);
    private long now = 1_000_000;

    @Test
    void beginsWithHelloAndASnapshot() {
        alerts.append(fired("before"));

        List<JsonNode> frames = drain(conversation());

        assertThat(types(frames)).containsExactly("hello", "metrics", "status");
        JsonNode hello = frames.getFirst();
        assertThat(hello.path("epoch").asText()).isEqualTo(EPOCH);
        assertThat(hello.path("offset").asLong()).isEqualTo(1);
        assertThat(hello.path("recovered").asBoolean()).isFalse();
        assertThat(hello.at("/limits/message_bytes").asInt()).isEqualTo(16384);
    }

    @Test
    void stateComesAtMostOnceASecondAndIsTheLatest() {
        Conversation client = talking();
        view.network(network(1, T0));
        assertThat(types(drain(client))).containsExactly("metrics");

        now += 400;
        view.network(network(1, T0));
        assertThat(drain(client)).isEmpty();

        now += 400;
        view.network(network(2, T0));
        assertThat(drain(client)).isEmpty();

        now += 200;
        List<JsonNode> frames = drain(client);
        assertThat(types(frames)).containsExactly("metrics");
        assertThat(frames.getFirst().at("/metrics/active_hosts").asInt()).isEqualTo(2);
    }

    @Test
    void sourceThatSpeaksOnceASecondIsPassedOnEachTime() {
        Conversation client = talking();
        for (int second = 1; second <= 20; second++) {
            // Looked at a little later each second, as a busy machine does.
            now += 1000 + second % 3;
            view.network(network(second, T0));
            assertThat(types(drain(client))).containsExactly("metrics");
        }
    }

    @Test
    void sourceThatHurriesIsHeldToOneASecond() {
        Conversation client = talking();
        int frames = 0;
        for (int i = 0; i < 200; i++) {
            now += 50;
            view.network(network(i, T0));
            frames += drain(client).size();
        }
        assertThat(frames).isBetween(9, 11);
    }

    @Test
    void stateThatDidNotChangeIsNotRepeated() {
        Conversation client = talking();
        now += 60_000;

        assertThat(drain(client)).isEmpty();
    }

    @Test
    void everyAlertComesAtOnceAndInOrder() {
        Conversation client = talking();
        for (int i = 0; i < 100; i++) {
            alerts.append(fired("a" + i));
        }

        assertThat(alertIds(drain(client))).hasSize(100).startsWith("a0", "a1").endsWith("a99");
    }

    @Test
    void clientThatComesBackGetsWhatItMissedOnceAndInOrder() {
        alerts.append(fired("seen"));
        alerts.append(fired("missed"));
        Conversation client = conversation();
        drain(client);
        alerts.append(fired("new"));

        client.received("{\"resume\":{\"epoch\":\"this-start\",\"offset\":1}}", now);
        List<JsonNode> frames = drain(client);

        assertThat(frames.getFirst().path("recovered").asBoolean()).isTrue();
        assertThat(alertIds(frames)).containsExactly("missed", "new");
    }

    @Test
    void lateResumeStillDeliversOnce() {
        alerts.append(fired("missed"));
        Conversation client = talking();
        alerts.append(fired("new"));
        assertThat(alertIds(drain(client))).containsExactly("new");

        client.received("{\"resume\":{\"epoch\":\"this-start\",\"offset\":0}}", now);

        assertThat(alertIds(drain(client))).containsExactly("missed");
    }

    @ParameterizedTest(name = "epoch {0}, offset {1}")
    @CsvSource({"another-start,0", "this-start,7", "this-start,-1"})
    void clientThatCannotBeBroughtUpToDateGetsASnapshot(String epoch, long offset) {
        Conversation client = talking();

        client.received("{\"resume\":{\"epoch\":\"%s\",\"offset\":%d}}".formatted(epoch, offset), now);
        List<JsonNode> frames = drain(client);

        assertThat(types(frames)).containsExactly("hello", "metrics", "status");
        assertThat(frames.getFirst().path("recovered").asBoolean()).isFalse();
    }

    @Test
    void clientThatSaysNothingIsNotKeptWaitingForAlerts() {
        Conversation client = conversation();
        drain(client);
        alerts.append(fired("a1"));
        assertThat(drain(client)).isEmpty();

        now += 500;

        assertThat(alertIds(drain(client))).containsExactly("a1");
    }

    @Test
    void hostsComeWhenAskedForAndThenAsTheyChange() {
        view.host("h1", host("h1"));
        view.host("h2", host("h2"));
        Conversation client = talking();

        client.received("{\"subscribe\":[\"hosts\"]}", now);
        assertThat(hosts(drain(client))).containsExactly("h1", "h2");

        now += 1000;
        view.host("h2", host("h2", HostStatus.SILENT));
        assertThat(hosts(drain(client))).containsExactly("h2");
    }

    @Test
    void oneHostCanBeFollowedAlone() {
        view.host("h1", host("h1"));
        view.host("h2", host("h2"));
        Conversation client = talking();

        client.received("{\"subscribe\":[\"host:h2\"]}", now);

        assertThat(hosts(drain(client))).containsExactly("h2");
    }

    @Test
    void hostThatIsFollowedBesideAllDoesNotWaitForThem() {
        view.host("h1", host("h1"));
        view.host("h2", host("h2"));
        Conversation client = talking();
        client.received("{\"subscribe\":[\"hosts\",\"host:h1\"]}", now);
        drain(client);
        now += 1000;
        view.host("h2", host("h2"));
        drain(client);

        now += 100;
        view.host("h1", host("h1", HostStatus.SILENT));
        assertThat(hosts(drain(client))).as("at once").containsExactly("h1");
        view.host("h1", host("h1"));
        assertThat(drain(client)).as("once a second").isEmpty();
        now += 1000;
        assertThat(hosts(drain(client))).contains("h1");
    }

    @Test
    void unsubscribedMeansQuiet() {
        Conversation client = talking();
        client.received("{\"unsubscribe\":[\"metrics\",\"alert\",\"status\"]}", now);
        now += 5000;
        view.network(network(1, T0));
        alerts.append(fired("a1"));

        assertThat(drain(client)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hello                                      | malformed",
                "[]                                         | malformed",
                "{}                                         | malformed",
                "{\"subscribe\":[],\"unsubscribe\":[]}      | malformed",
                "{\"shout\":[]}                             | unknown_field",
                "{\"subscribe\":\"metrics\"}                | bad_parameter",
                "{\"subscribe\":[\"weather\"]}              | bad_parameter",
                "{\"subscribe\":[\"host:\"]}                | bad_parameter",
                "{\"resume\":{\"epoch\":\"x\"}}             | bad_parameter",
                "{\"resume\":{\"epoch\":1,\"offset\":1}}    | bad_parameter",
                "{\"resume\":{\"epoch\":\"x\",\"offset\":1.5}} | bad_parameter",
            })
    void whatIsNotUnderstoodIsSaidAndTheConversationGoesOn(String message, String code) {
        Conversation client = talking();

        assertThat(client.received(message, now)).isEmpty();

        JsonNode error = drain(client).getFirst();
        assertThat(error.path("type").asText()).isEqualTo("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
    }

    @Test
    void moreMessagesThanAllowedEndIt() {
        Conversation client = talking();
        for (int i = 0; i < 19; i++) {
            assertThat(client.received("{\"subscribe\":[]}", now)).isEmpty();
        }
        now += 100;
        assertThat(client.received("{\"subscribe\":[]}", now)).isEmpty();
        assertThat(client.received("{\"subscribe\":[]}", now)).isEmpty();

        assertThat(client.received("{\"subscribe\":[]}", now)).contains(CloseReason.LIMIT_EXCEEDED);
    }

    @Test
    void messageThatIsTooLongEndsIt() {
        String text = "é".repeat(9000);

        assertThat(talking().received(text, now)).contains(CloseReason.LIMIT_EXCEEDED);
    }

    @Test
    void moreSubscriptionsThanAllowedEndIt() {
        StringBuilder names = new StringBuilder("\"hosts\"");
        for (int i = 0; i < 97; i++) {
            names.append(",\"host:h").append(i).append('"');
        }
        Conversation client = talking();
        assertThat(client.received("{\"subscribe\":[" + names + "]}", now)).contains(CloseReason.LIMIT_EXCEEDED);
    }

    @Test
    void clientThatDoesNotReadIsNotedOnceItsBytesAreUsedUp() {
        Conversation client = talking();
        while (alerts.bytesAfter(0) <= 1 << 20) {
            assertThat(client.overflows()).isFalse();
            alerts.append(fired("a"));
        }

        assertThat(client.overflows()).isTrue();
    }

    @Test
    void stateNeverFillsTheBuffer() {
        Conversation client = talking();
        for (int i = 0; i < 10_000; i++) {
            view.network(network(i, T0));
        }

        assertThat(client.overflows()).isFalse();
        now += 1000;
        assertThat(drain(client)).hasSize(1);
    }

    private Conversation conversation() {
        return new Conversation(EPOCH, view, alerts, Limits.standard(), now);
    }

    /** One whose first frames are read and which has said something. */
    private Conversation talking() {
        Conversation client = conversation();
        client.received("{\"subscribe\":[]}", now);
        drain(client);
        return client;
    }

    private List<JsonNode> drain(Conversation client) {
        List<JsonNode> frames = new ArrayList<>();
        for (Optional<Frame> next = client.next(now); next.isPresent(); next = client.next(now)) {
            frames.add(Json.decode(next.get().text().getBytes(StandardCharsets.UTF_8), JsonNode.class));
        }
        return frames;
    }

    private static List<String> types(List<JsonNode> frames) {
        return frames.stream().map(frame -> frame.path("type").asText()).toList();
    }

    private static List<String> alertIds(List<JsonNode> frames) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals("alert"))
                .map(frame -> frame.at("/alert/id").asText())
                .toList();
    }

    private static List<String> hosts(List<JsonNode> frames) {
        return frames.stream()
                .filter(frame -> frame.path("type").asText().equals("hosts"))
                .flatMap(frame -> frame.path("hosts").findValuesAsText("host").stream())
                .toList();
    }
}
