package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A rule of its own, a sample that breaks it, one that does not: from end to end, and nothing stays. */
public final class AlertDrill {
    private static final String FIELD = "peerscope_drill";
    private static final Duration SILENCED_FOR = Duration.ofMinutes(5);
    private static final String CURE =
            "alert-service judges: is it ready, and does it keep up? docs/troubleshooting.md, \"An alert does not fire\".";

    private final Server server;
    private final Sender sender;
    private final Patience patience;
    private final boolean notify;
    private final String rule;
    private final Instant now;

    /**
     * @param notify whether channels may be told; else the drill silences itself
     * @param now also makes the rule's name, so that two drills do not meet
     */
    public AlertDrill(Server server, Sender sender, Patience patience, boolean notify, Instant now) {
        this.server = server;
        this.sender = sender;
        this.patience = patience;
        this.notify = notify;
        this.now = now;
        this.rule = "peerscope-drill-" + now.toEpochMilli();
    }

    public void run(Report report) {
        Optional<String> silence = Optional.empty();
        boolean made = false;
        try {
            if (!notify) {
                JsonNode kept = server.post("/api/v1/silences", silence());
                silence = Optional.of(kept.path("id").asText());
            }
            made = report.step("rule", this::makeRule);
            if (made && report.step("fires", this::fires)) {
                report.step("resolves", this::resolves);
            }
        } finally {
            boolean ruleMade = made;
            Optional<String> silenceMade = silence;
            report.step("tidied up", () -> {
                if (ruleMade) {
                    server.delete("/api/v1/rules/" + rule);
                }
                silenceMade.ifPresent(id -> server.delete("/api/v1/silences/" + Server.encoded(id)));
                return Finding.ok("the rule is gone");
            });
        }
    }

    private Finding makeRule() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", rule);
        document.put("metric", FIELD);
        document.put("kind", "protocol");
        document.put("operator", ">");
        document.put("info", 0);
        document.put("labels", Map.of("drill", "true"));
        document.put("summary", "A drill of `peerscope test-alert`");
        server.post("/api/v1/rules", document);
        return Finding.ok(rule + (notify ? "" : ", silenced"));
    }

    private Finding fires() {
        sender.send(FIELD, 1, rule + "/1");
        JsonNode alert = patience.until("the alert", CURE, () -> open());
        return Finding.ok("alert %s, %s"
                .formatted(alert.path("id").asText(), alert.path("severity").asText()));
    }

    private Finding resolves() {
        sender.send(FIELD, 0, rule + "/2");
        patience.until("its end", CURE, () -> open().isPresent() ? Optional.empty() : Optional.of(rule));
        JsonNode past = patience.until(
                "it in the history",
                "query-api stores alert events: `peerscope doctor` shows how far it is behind.",
                () -> Optional.of(server.get("/api/v1/alerts?status=resolved&rule_id=" + rule))
                        .filter(found -> found.path("total").asLong() == 1));
        return Finding.ok("resolved, and in the history once: "
                + past.path("alerts").path(0).path("resolved_at").asText());
    }

    private Optional<JsonNode> open() {
        return StreamSupport.stream(
                        server.get("/api/v1/alerts/active?host=" + Server.encoded(sender.host()))
                                .path("alerts")
                                .spliterator(),
                        false)
                .filter(alert -> alert.path("rule_id").asText().equals(rule))
                .findFirst();
    }

    private Map<String, Object> silence() {
        return Map.of(
                "matchers", Map.of("rule_id", rule),
                "to", now.plus(SILENCED_FOR).toString(),
                "comment", "peerscope test-alert");
    }
}
