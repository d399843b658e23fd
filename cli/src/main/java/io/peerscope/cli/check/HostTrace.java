package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the newest of a host's samples have come, stage by stage, without sending any. */
public final class HostTrace {
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final Server server;
    private final String host;
    private final InstantSource clock;

    public HostTrace(Server server, String host, InstantSource clock) {
        this.server = server;
        this.host = host;
        this.clock = clock;
    }

    public void follow(Report report) {
        report.step("ledger of today", this::ledger);
        report.step("live state", this::live);
        report.step("history", this::history);
        report.step("refused samples", this::refused);
        report.step("alerts", this::alerts);
    }

    /** What became of one request, by the receipt in its answer. */
    public void receipt(Report report, String id) {
        report.step("receipt", () -> {
            JsonNode fate = server.get("/api/v1/ingest/receipts/" + Server.encoded(id));
            report.put("receipt", fate);
            return Finding.ok("%s: accepted %d, stored %d, duplicate %d, late %d, quarantined %d, rejected %d"
                    .formatted(
                            fate.path("state").asText(),
                            fate.path("accepted").asLong(),
                            fate.path("stored").asLong(),
                            fate.path("duplicate").asLong(),
                            fate.path("late").asLong(),
                            fate.path("quarantined").asLong(),
                            fate.path("rejected").asLong()));
        });
    }

    private Finding ledger() {
        JsonNode day = server.get(path("/ledger"));
        String said = "accepted %d, stored %d, in flight %s, rejected %d"
                .formatted(
                        day.path("accepted").asLong(),
                        day.path("stored").asLong(),
                        day.path("in_flight").asText(),
                        day.path("rejected").asLong());
        if (day.path("accepted").asLong() + day.path("rejected").asLong() == 0) {
            return Finding.failed(
                    "nothing has come from it today",
                    "Does it send here, with its own name and a token that is valid? A wrong token is answered with 401.");
        }
        if (day.path("accepted").asLong() == 0) {
            return Finding.failed("all was refused: " + said, "The reasons stand below, under refused samples.");
        }
        return day.path("balanced").asBoolean() ? Finding.ok(said) : Finding.warning(said, "It does not add up yet.");
    }

    private Finding live() {
        Server.Answer answer = server.send("GET", path(""), Optional.empty());
        if (answer.status() == 404) {
            return Finding.failed(
                    "the live view does not know it",
                    "aggregator-streams does not get on, or the host was never here.");
        }
        JsonNode state = server.wanted("GET", path(""), answer);
        Duration age = Duration.between(Instant.parse(state.path("last_seen").asText()), clock.instant());
        String said =
                "status %s, last sample %d s ago".formatted(state.path("status").asText(), age.toSeconds());
        return age.compareTo(FRESH) < 0 ? Finding.ok(said) : Finding.warning(said, "It has stopped sending.");
    }

    private Finding history() {
        List<String> fields = new ArrayList<>();
        server.get(path("")).path("fields").fieldNames().forEachRemaining(fields::add);
        if (fields.isEmpty()) {
            return Finding.skipped("no field of the host itself is known");
        }
        JsonNode found = server.get("/api/v1/metrics/historical?timeframe=1h&aggregate=last&metrics=%s&hosts=%s"
                .formatted(Server.encoded(fields.getFirst()), Server.encoded(host)));
        JsonNode points = found.at("/series/0/points");
        if (points.isEmpty()) {
            return Finding.failed(
                    "%s is live, but not in the history".formatted(fields.getFirst()),
                    "query-api stores it: `peerscope doctor` shows how far it is behind.");
        }
        Instant newest =
                Instant.ofEpochMilli(points.path(points.size() - 1).path(0).asLong());
        return Finding.ok("%s up to %s, from tier %s"
                .formatted(fields.getFirst(), newest, found.path("tier").asText()));
    }

    private Finding refused() {
        JsonNode list = server.get("/api/v1/quarantine?page_size=1&host=" + Server.encoded(host));
        if (list.path("total").asLong() == 0) {
            return Finding.ok("none");
        }
        JsonNode newest = list.path("quarantine").path(0);
        return Finding.warning(
                "%d kinds, the newest %s".formatted(list.path("total").asLong(), newest),
                "The code says why; GET /api/v1/quarantine?host= lists them.");
    }

    private Finding alerts() {
        JsonNode open = server.get("/api/v1/alerts/active?host=" + Server.encoded(host));
        long total = open.path("total").asLong();
        return Finding.ok(
                total == 0
                        ? "none is open"
                        : "%d open, the worst %s"
                                .formatted(
                                        total,
                                        open.path("alerts")
                                                .path(0)
                                                .path("summary")
                                                .asText()));
    }

    private String path(String rest) {
        return "/api/v1/hosts/" + Server.encoded(host) + rest;
    }
}
