package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A test message to each channel, and what became of it. */
public final class ChannelDrill {
    private final Server server;
    private final Patience patience;

    public ChannelDrill(Server server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    /** @param wanted ids of channels; empty for all that are enabled */
    public void run(Report report, List<String> wanted) {
        Optional<List<String>> channels = report.obtain(
                "channels",
                () -> wanted.isEmpty() ? enabled() : wanted,
                ids -> ids.isEmpty()
                        ? Finding.failed("none is enabled", "Create one: docs/channels.md, or the page Settings.")
                        : Finding.ok(String.join(", ", ids)));
        channels.orElse(List.of()).forEach(channel -> report.step(channel, () -> send(channel)));
    }

    private List<String> enabled() {
        return StreamSupport.stream(
                        server.get("/api/v1/channels?page_size=500")
                                .path("channels")
                                .spliterator(),
                        false)
                .filter(channel -> channel.path("enabled").asBoolean())
                .map(channel -> channel.path("id").asText())
                .toList();
    }

    private Finding send(String channel) {
        String test = "/api/v1/channels/" + Server.encoded(channel) + "/test";
        Server.Answer answer = server.send("POST", test, Optional.empty());
        if (answer.status() == 404) {
            throw Failure.wrong("there is no channel " + channel, "GET /api/v1/channels lists them.");
        }
        String id = server.wanted("POST", test, answer).path("delivery_id").asText();
        JsonNode fate = patience.until(
                "word of delivery " + id,
                "notifier-service delivers: is it ready? See its log.",
                () -> delivery(channel, id));
        String attempts = fate.path("attempts").asInt() + " attempts";
        return switch (fate.path("status").asText()) {
            case "sent" -> Finding.ok("taken by the other side after " + attempts);
            case "retrying" ->
                Finding.failed(
                        "not taken yet (%s): %s, %s; next try %s"
                                .formatted(
                                        attempts,
                                        fate.path("cause").asText(),
                                        fate.path("detail").asText(),
                                        fate.path("next_attempt_at").asText()),
                        cure(fate.path("cause").asText()));
            default ->
                Finding.failed(
                        "given up (%s): %s, %s"
                                .formatted(
                                        attempts,
                                        fate.path("cause").asText(),
                                        fate.path("detail").asText()),
                        cure(fate.path("cause").asText()));
        };
    }

    private Optional<JsonNode> delivery(String channel, String id) {
        return StreamSupport.stream(
                        server.get("/api/v1/deliveries?page_size=100&channel_id=" + Server.encoded(channel))
                                .path("deliveries")
                                .spliterator(),
                        false)
                .filter(delivery -> delivery.path("id").asText().equals(id))
                .findFirst();
    }

    private static String cure(String cause) {
        return "docs/channels.md tells what %s means; docs/troubleshooting.md, \"A message does not arrive\"."
                .formatted(cause.isEmpty() ? "each cause" : cause);
    }
}
