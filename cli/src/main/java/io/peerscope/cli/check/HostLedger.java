package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Step.Finding;

/** What became of everything that a host sent today. */
final class HostLedger {
    private HostLedger() {}

    static Finding finding(Server server, String host) {
        JsonNode day = server.get("/api/v1/hosts/" + Server.encoded(host) + "/ledger");
        String said = "accepted %d, stored %d, duplicate %d, late %d, quarantined %d, in flight %s"
                .formatted(
                        day.path("accepted").asLong(),
                        day.path("stored").asLong(),
                        day.path("duplicate").asLong(),
                        day.path("late").asLong(),
                        day.path("quarantined").asLong(),
                        day.path("in_flight").asText());
        return day.path("balanced").asBoolean()
                ? Finding.ok(said)
                : Finding.failed("does not add up: " + said, "Look again in a moment; if it stays, keep the topics.");
    }
}
