package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Monitor;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/** Looks at everything and changes nothing. */
public final class Doctor {
    /** A service that has just started is ready a moment before it has told anything. */
    private static final Duration FIRST_TOTALS = Duration.ofSeconds(10);

    private static final Duration STALE = Duration.ofSeconds(15);
    private static final int NOT_HERE = 404;
    private static final double BEHIND_SECONDS = 60;
    private static final Duration DELIVERIES = Duration.ofHours(24);

    private final Server server;
    private final Map<String, URI> services;
    private final InstantSource clock;
    private final Patience patience;
    private final Exposition metrics = new Exposition();
    /** Of the credential, once it is known. */
    private String role = "";

    /** @param services by name, those that run apart; empty where all of them answer at the server's address */
    public Doctor(Server server, Map<String, URI> services, InstantSource clock, Patience patience) {
        this.server = server;
        this.services = services;
        this.clock = clock;
        this.patience = patience;
    }

    public void examine(Report report) {
        boolean reached = report.step("service", () -> health(server));
        services.forEach((name, address) -> report.step("service " + name, () -> health(server.at(address))));
        if (!reached) {
            return; // whatever comes next would say the same again
        }
        if (!report.step("credential", this::credential)) {
            return;
        }
        report.step("live view", this::liveView);
        report.step("websocket", this::websocket);
        report.step("storing", this::storing);
        report.step("ledger", this::ledger);
        report.step("dead letters", this::refused);
        report.step("hosts", this::hosts);
        report.step("tokens", this::tokens);
        report.step("rules", this::rules);
        report.step("channels", this::channels);
        report.step("deliveries", this::deliveries);
        report.step("audit log", this::auditLog);
    }

    private Finding health(Server at) {
        Server.Answer answer = at.send("GET", "/q/health", Optional.empty());
        JsonNode checks = answer.json().path("checks");
        if (answer.status() == NOT_HERE && answer.json().path("code").asText().equals("not_found")) {
            return Finding.skipped(
                    "%s keeps health for its operators' port (peerscope.operator.port): add --service NAME=URL with that"
                            .formatted(at.address()));
        }
        if (!checks.isArray()) {
            return Finding.failed(
                    "%s does not answer as Peerscope does (%d)".formatted(at.address(), answer.status()),
                    "Does another program, or a proxy, listen there?");
        }
        List<String> down = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> up = new ArrayList<>();
        for (JsonNode check : checks) {
            String name = check.path("name").asText();
            List<String> data = texts(check.path("data"));
            if (!check.path("status").asText().equals("UP")) {
                down.add(data.isEmpty() ? name : name + " (" + String.join("; ", data) + ")");
            } else if (!data.isEmpty()) {
                remarks.add(name + " (" + String.join("; ", data) + ")");
            } else {
                up.add(name);
            }
        }
        Server.Answer exposed = at.send("GET", "/metrics", Optional.empty());
        if (exposed.ok()) {
            metrics.add(exposed.text());
        }
        if (!down.isEmpty()) {
            return Finding.failed(
                    "not ready: " + String.join(", ", down),
                    "What it names is away or still starting: docs/troubleshooting.md, \"A service is not ready\".");
        }
        return remarks.isEmpty()
                ? Finding.ok("ready: " + String.join(", ", up))
                : Finding.warning(
                        "ready, but " + String.join(", ", remarks), "It works on; the reason stands in brackets.");
    }

    private static List<String> texts(JsonNode data) {
        return data.properties().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().asText())
                .toList();
    }

    private Finding credential() {
        role = server.get("/api/v1/session").path("role").asText();
        return role.equals("admin")
                ? Finding.ok(role)
                : Finding.warning(role, "Some of what follows is only shown to an admin.");
    }

    private Finding liveView() {
        JsonNode now = patience.atMost(FIRST_TOTALS)
                .until(
                        "what is known of the network",
                        "Is aggregator-streams ready? It tells each second, also of a network without hosts.",
                        () -> Optional.of(server.get("/api/v1/metrics/realtime"))
                                .filter(totals -> totals.path("as_of").isTextual()));
        Duration age = Duration.between(Instant.parse(now.path("as_of").asText()), clock.instant());
        String said = "%d s old, %d active hosts"
                .formatted(age.toSeconds(), now.path("active_hosts").asInt());
        if (age.abs().compareTo(STALE) <= 0) {
            return Finding.ok(said);
        }
        return Finding.failed(
                said,
                age.isNegative()
                        ? "The server's clock is ahead of this one's: synchronise both (NTP)."
                        : "aggregator-streams does not keep up, or the clocks differ: docs/troubleshooting.md,"
                                + " \"The dashboard is behind\".");
    }

    private Finding websocket() {
        try (Monitor monitor = Monitor.open(server, patience.limit())) {
            patience.until(
                    "the first frame of /monitor",
                    "The gateway accepted the connection and says nothing: see its log.",
                    () -> monitor.first("hello", frame -> true));
            return Finding.ok("greeted at /monitor");
        }
    }

    private Finding storing() {
        OptionalDouble behind = metrics.max("peerscope_store_behind_seconds");
        if (behind.isEmpty()) {
            return unseen("query-api", "peerscope_store_behind_seconds");
        }
        String said = "%.1f s behind Kafka at most".formatted(behind.getAsDouble());
        return behind.getAsDouble() < BEHIND_SECONDS
                ? Finding.ok(said)
                : Finding.failed(
                        said,
                        "The database is away, full or slow; nothing is lost while Kafka keeps the topics (48 h):"
                                + " docs/troubleshooting.md, \"History is behind\".");
    }

    private Finding ledger() {
        OptionalDouble wrong = metrics.sum("peerscope_ledger_unbalanced_accounts");
        if (wrong.isEmpty()) {
            return unseen("query-api", "peerscope_ledger_unbalanced_accounts");
        }
        return wrong.getAsDouble() == 0
                ? Finding.ok("every accepted sample is accounted for")
                : Finding.failed(
                        "%.0f accounts of a host and day do not add up".formatted(wrong.getAsDouble()),
                        "GET /api/v1/hosts/{host}/ledger shows which term; keep the topics and tell the maintainers.");
    }

    private Finding refused() {
        OptionalDouble refused = metrics.sum("peerscope_store_refused_total");
        if (refused.isEmpty()) {
            return unseen("query-api", "peerscope_store_refused_total");
        }
        return refused.getAsDouble() == 0
                ? Finding.ok("none since query-api was started")
                : Finding.warning(
                        "%.0f records since query-api was started".formatted(refused.getAsDouble()),
                        "`peerscope replay-dlq TOPIC --dry-run` shows them with the reasons.");
    }

    private Finding hosts() {
        long all = server.get("/api/v1/hosts?page_size=1").path("total").asLong();
        long silent = server.get("/api/v1/hosts?status=silent&page_size=1")
                .path("total")
                .asLong();
        String said = "%d known, %d silent".formatted(all, silent);
        return silent == 0
                ? Finding.ok(said)
                : Finding.warning(said, "`peerscope trace HOST` follows what one of them sent.");
    }

    private Finding tokens() {
        if (!role.equals("admin")) {
            return Finding.skipped("only an admin may ask");
        }
        // A replaced one that is still in use is worth a word until it ends; afterwards nobody has it any more.
        String unreplaced = "/api/v1/tokens?status=expiring,expired&replaced=false&page_size=500";
        Server.Answer answer = server.send("GET", unreplaced, Optional.empty());
        if (answer.status() == NOT_HERE) {
            return Finding.skipped("this server's tokens do not expire");
        }
        return EndingTokens.judge(
                server.wanted("GET", unreplaced, answer).path("tokens"),
                server.get("/api/v1/tokens?status=expiring&replaced=true&page_size=500")
                        .path("tokens"),
                clock.instant());
    }

    private Finding rules() {
        long enabled = enabled(server.get("/api/v1/rules?page_size=500").path("rules"));
        return enabled > 0
                ? Finding.ok(enabled + " enabled")
                : Finding.warning(
                        "none is enabled", "Nothing will ever alert: `peerscope rules apply FILE` adds some.");
    }

    private Finding channels() {
        long enabled = enabled(server.get("/api/v1/channels?page_size=500").path("channels"));
        return enabled > 0
                ? Finding.ok(enabled + " enabled")
                : Finding.warning("none is enabled", "Alerts are shown, but nobody is told: docs/channels.md.");
    }

    private Finding deliveries() {
        Instant since = clock.instant().minus(DELIVERIES);
        JsonNode failed = server.get("/api/v1/deliveries?status=failed&page_size=1&from=" + since.toEpochMilli());
        long count = failed.path("total").asLong();
        if (count == 0) {
            return Finding.ok("none failed within 24 h");
        }
        JsonNode newest = failed.path("deliveries").path(0);
        return Finding.warning(
                "%d failed within 24 h, the newest to %s: %s"
                        .formatted(
                                count,
                                newest.path("channel_id").asText(),
                                newest.path("cause").asText()),
                "`peerscope test-notification` shows which channel works.");
    }

    private Finding auditLog() {
        return role.equals("admin")
                ? AuditLog.judge(server.get("/api/v1/audit/chain"))
                : Finding.skipped("only an admin may ask");
    }

    private static long enabled(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("enabled").asBoolean(true))
                .count();
    }

    private Finding unseen(String service, String metric) {
        return Finding.skipped(
                metrics.of(metric).isEmpty()
                        ? "only %s tells: add --service %s=http://… to look".formatted(service, service)
                        : service + " has just been started and has not looked yet: ask again");
    }

    /** @return what is written as {@code name=address} */
    public static Map.Entry<String, URI> service(String text) {
        String[] parts = text.split("=", 2);
        if (parts.length != 2 || !parts[1].startsWith("http")) {
            throw Failure.usage("--service " + text, "It is written as NAME=URL, such as ingest=http://10.0.0.5:8081.");
        }
        return Map.entry(parts[0], URI.create(parts[1]));
    }
}
