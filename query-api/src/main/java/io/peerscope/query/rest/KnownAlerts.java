package io.peerscope.query.rest;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.query.live.LiveTables;
import io.peerscope.query.store.AlertReader;
import java.util.Optional;

/** Alerts by id: open ones from memory, also while the database is away, past ones from there. */
public final class KnownAlerts {
    private final LiveTables live;
    private final AlertReader history;

    public KnownAlerts(LiveTables live, AlertReader history) {
        this.live = live;
        this.history = history;
    }

    Optional<Alert> find(String id) {
        return live.alert(id).or(() -> history.find(id));
    }

    Alert existing(String id) {
        return find(id).orElseThrow(() -> ProblemException.notFound("alert", id));
    }
}
