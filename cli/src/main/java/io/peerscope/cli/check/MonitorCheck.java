package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.api.Monitor;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Patience;
import io.peerscope.cli.report.Report;
import io.peerscope.cli.report.Step.Finding;
import java.util.Optional;
import java.util.TreeMap;

/** The WebSocket server, as a browser sees it. */
public final class MonitorCheck {
    private final Server server;
    private final Patience patience;

    public MonitorCheck(Server server, Patience patience) {
        this.server = server;
        this.patience = patience;
    }

    public void run(Report report) {
        Optional<Monitor> connected = report.obtain(
                "connects",
                () -> Monitor.open(server, patience.limit()),
                monitor -> Finding.ok("upgraded to WebSocket"));
        if (connected.isPresent()) {
            try (Monitor monitor = connected.get()) {
                report.step("is greeted", () -> greeted(monitor));
                report.step("answers a ping", () -> pinged(monitor));
                report.step("is told", () -> told(monitor));
            }
        }
    }

    private Finding greeted(Monitor monitor) {
        JsonNode hello = patience.until(
                "hello", "The gateway accepts and says nothing: see its log.", () -> frame(monitor, "hello"));
        return Finding.ok("epoch %s, alerts up to %d"
                .formatted(hello.path("epoch").asText(), hello.path("offset").asLong()));
    }

    private Finding pinged(Monitor monitor) {
        monitor.ping();
        patience.until(
                "the pong",
                "A proxy in between may buffer: it must pass frames on as they come.",
                () -> monitor.ponged() ? Optional.of(true) : Optional.empty());
        return Finding.ok("pong");
    }

    private Finding told(Monitor monitor) {
        patience.until(
                "a frame of metrics",
                "The gateway has nothing to tell: is aggregator-streams ready, and does any host send?"
                        + monitor.closed().map(why -> " The connection " + why).orElse(""),
                () -> frame(monitor, "metrics"));
        TreeMap<String, Integer> counts = new TreeMap<>();
        monitor.frames().forEach(frame -> counts.merge(frame.path("type").asText(), 1, Integer::sum));
        return Finding.ok("frames: " + counts);
    }

    private static Optional<JsonNode> frame(Monitor monitor, String type) {
        return monitor.first(type, frame -> true);
    }
}
