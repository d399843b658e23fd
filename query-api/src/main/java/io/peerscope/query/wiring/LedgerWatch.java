package io.peerscope.query.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.store.LedgerReader;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.ToDoubleFunction;

/**
 * The terms of today's ledger over all hosts as {@code peerscope_ledger_samples{term}}, and as
 * {@code peerscope_ledger_unbalanced_accounts} how many accounts of the last two days do not add up. Page when that is not
 * 0: samples are lost out of sight.
 */
final class LedgerWatch {
    private final LedgerReader reader;
    private volatile LedgerReader.Totals totals = new LedgerReader.Totals(Tally.NONE, 0);

    LedgerWatch(LedgerReader reader, MeterRegistry registry) {
        this.reader = reader;
        term(registry, "accepted", Tally::accepted);
        term(registry, "stored", Tally::stored);
        term(registry, "duplicate", Tally::duplicate);
        term(registry, "late", Tally::late);
        term(registry, "quarantined", Tally::quarantined);
        term(registry, "rejected", Tally::rejected);
        Gauge.builder("peerscope.ledger.unbalanced.accounts", this, watch -> watch.totals.unbalanced())
                .tag("service", "query-api")
                .register(registry);
    }

    private void term(MeterRegistry registry, String name, ToDoubleFunction<Tally> value) {
        Gauge.builder("peerscope.ledger.samples", this, watch -> value.applyAsDouble(watch.totals.today()))
                .tags("service", "query-api", "term", name)
                .register(registry);
    }

    void look(LocalDate today) throws SQLException {
        totals = reader.totals(today);
    }
}
