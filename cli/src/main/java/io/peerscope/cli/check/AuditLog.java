package io.peerscope.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.report.Step.Finding;

/** Whether somebody has changed the audit log behind everybody's back. */
final class AuditLog {
    private AuditLog() {}

    /** @param chain as {@code GET /api/v1/audit/chain} tells it */
    static Finding judge(JsonNode chain) {
        if (!chain.path("whole").asBoolean()) {
            JsonNode first = chain.path("faults").path(0);
            return Finding.failed(
                    "%d faults, the first at entry %d: %s"
                            .formatted(
                                    chain.path("fault_count").asLong(),
                                    first.path("entry").asLong(),
                                    first.path("fault").asText()),
                    "Somebody who owns the tables was there: docs/troubleshooting.md, \"The audit log\".");
        }
        JsonNode restore = chain.path("restores").path(0);
        String said = "%d entries, unbroken until %s%s"
                .formatted(
                        chain.path("entries").asLong(),
                        chain.path("until").asText("now"),
                        restore.isMissingNode()
                                ? ""
                                : "; restored from %s at %s"
                                        .formatted(
                                                restore.path("archive").asText(),
                                                restore.path("at").asText()));
        return restore.at("/told/faults").asLong() == 0
                ? Finding.ok(said)
                : Finding.warning(
                        said
                                + ", whose own log had %d faults"
                                        .formatted(restore.at("/told/faults").asLong()),
                        "The archive's log was changed by hand before it was restored.");
    }
}
