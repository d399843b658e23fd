package io.peerscope.notify.policy;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import java.time.Instant;

/**
 * The end of an episode whose own resolved event never came (it could not be read). A key has one episode at a time, so
 * the beginning of the next proves it.
 */
final class PresumedEnd {
    private PresumedEnd() {}

    static Alert of(Alert alert, Instant at) {
        return new Alert(
                alert.id(),
                alert.ruleId(),
                alert.ruleVersion(),
                alert.host(),
                alert.subject(),
                alert.metric(),
                AlertStatus.RESOLVED,
                alert.severity(),
                alert.value(),
                alert.threshold(),
                alert.startedAt(),
                alert.firedAt(),
                at,
                at,
                alert.acknowledgedBy(),
                alert.acknowledgedAt(),
                alert.assignee(),
                alert.silencedBy(),
                alert.resolutionNotes(),
                alert.summary(),
                alert.labels(),
                alert.simulated(),
                false,
                alert.detection());
    }
}
