package io.peerscope.testkit.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordingWebhookTest {
    /** The example of the Standard Webhooks specification's reference implementations. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Map<String, String> SIGNED = Map.of(
            "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp", "1614265330",
            "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    @Test
    void aRightSignatureIsKnownAndAWrongOneToo() {
        assertThat(message("{\"test\": 2432232314}").isSignedWith(SECRET)).isTrue();
        assertThat(message("{\"test\": 2432232315}").isSignedWith(SECRET)).isFalse();
    }

    @Test
    void itAnswersByItsScriptThenWithOkAndKeepsEverything() {
        try (RecordingWebhook webhook = RecordingWebhook.start()) {
            webhook.thenReply(Reply.tooMany(7), Reply.status(500));
            Api api = new Api(webhook.address(), "none");
            Answer first = api.post("/hook", Map.of("type", "test"));
            assertThat(first.header("retry-after")).contains("7");
            assertThat(List.of(
                            first.status(),
                            api.post("/hook", Map.of()).status(),
                            api.post("/hook", Map.of()).status()))
                    .containsExactly(429, 500, 200);
            assertThat(webhook.messages()).hasSize(3);
            assertThat(webhook.messages().getFirst().type()).isEqualTo("test");
        }
    }

    private static Message message(String body) {
        return new Message(Instant.EPOCH, SIGNED, body.getBytes(StandardCharsets.UTF_8));
    }
}
