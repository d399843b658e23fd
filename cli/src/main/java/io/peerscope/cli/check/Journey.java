package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Monitor;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One sample on its way from the door to everybody who can ask for it. */
public final class Journey {
    private static final String FIELD = "peerscope_check";
    private static final Duration CLOCKS = Duration.ofSeconds(5);

    private final Server server;
    private final Sender sender;
    private final Patience patience;
    private Optional<String> receipt = Optional.empty();

    public Journey(Server server, Sender sender, Patience patience) {
        this.server = server;
        this.sender = sender;
        this.patience = patience;
    }

    /** @param value that nobody has sent before, so that it is known again */
    public void follow(Report report, double value) {
        // clocks may differ a little, and samples are stamped by the server's
        Instant before = Instant.ofEpochMilli((long) value).minus(CLOCKS);
        Optional<Monitor> watching = report.obtain("websocket", this::watch, monitor -> Finding.ok("subscribed"));
        try {
            if (!report.step("accepted", () -> accepted(value))) {
                return;
            }
            watching.ifPresent(monitor -> report.step("pushed to browsers", () -> pushed(monitor, before)));
        } finally {
            watching.ifPresent(Monitor::close);
        }
        report.step("live state", () -> live(before));
        report.step("stored", this::stored);
        report.step("readable", () -> readable(value));
        report.step("ledger", () -> HostLedger.finding(server, sender.host()));
    }

    private Finding accepted(double value) {
        JsonNode answer = sender.send(FIELD, value, "peerscope-check/" + (long) value);
        if (answer.path("accepted").asInt() != 1) {
            return Finding.failed("the sample was refused: " + answer, "See errors in the answer.");
        }
        receipt = Optional.of(answer.path("receipt").asText());
        return Finding.ok("durable in Kafka, receipt " + answer.path("receipt").asText());
    }

    private Monitor watch() {
        Monitor monitor = Monitor.open(server, patience.limit());
        monitor.send(Map.of("subscribe", List.of("host:" + sender.host())));
        return monitor;
    }

    private Finding pushed(Monitor monitor, Instant before) {
        patience.until(
                "a frame of this host on /monitor",
                "The gateway follows hosts.live: is aggregator-streams ready? See the gateway's log.",
                () -> monitor.first("hosts", frame -> tells(frame, before)));
        return Finding.ok("a frame about the host came");
    }

    private boolean tells(JsonNode frame, Instant before) {
        for (JsonNode host : frame.path("hosts")) {
            if (host.path("host").asText().equals(sender.host()) && !seen(host).isBefore(before)) {
                return true;
            }
        }
        return false;
    }

    private Finding live(Instant before) {
        JsonNode host = patience.until(
                "the host's live state",
                "aggregator-streams makes it: see its readiness and its lag (docs/troubleshooting.md).",
                () -> Optional.of(server.send("GET", path(""), Optional.empty()))
                        .filter(Server.Answer::ok)
                        .map(Server.Answer::json)
                        .filter(state -> !seen(state).isBefore(before)));
        return Finding.ok("status %s, seen %s".formatted(host.path("status").asText(), seen(host)));
    }

    private static Instant seen(JsonNode host) {
        return host.path("last_seen").isTextual()
                ? Instant.parse(host.path("last_seen").asText())
                : Instant.EPOCH;
    }

    private Finding stored() {
        String id = receipt.orElseThrow(() -> Failure.wrong("there is no receipt", ""));
        JsonNode fate = patience.until(
                "the database",
                "query-api stores it: is the database up? `peerscope doctor` shows how far it is behind.",
                () -> Optional.of(server.get("/api/v1/ingest/receipts/" + Server.encoded(id)))
                        .filter(found -> found.path("state").asText().equals("stored")));
        return Finding.ok("stored %d, late %d, duplicate %d, quarantined %d"
                .formatted(
                        fate.path("stored").asInt(),
                        fate.path("late").asInt(),
                        fate.path("duplicate").asInt(),
                        fate.path("quarantined").asInt()));
    }

    private Finding readable(double value) {
        String question = "/api/v1/metrics/historical?timeframe=1h&aggregate=last&kind=protocol&metrics=%s&hosts=%s"
                .formatted(FIELD, Server.encoded(sender.host()));
        patience.until(
                "the sample in the history",
                "query-api stored it but does not show it: see its log.",
                () -> Optional.of(server.get(question)).filter(found -> holds(found, value)));
        return Finding.ok("the history shows the value that was sent");
    }

    private static boolean holds(JsonNode history, double value) {
        JsonNode points = history.at("/series/0/points");
        JsonNode last = points.path(points.size() - 1).path(1);
        return last.isNumber() && last.asDouble() == value;
    }

    private String path(String rest) {
        return "/api/v1/hosts/" + Server.encoded(sender.host()) + rest;
    }
}
