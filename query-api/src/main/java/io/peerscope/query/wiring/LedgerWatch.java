package io.peerscope.query.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.peerscope.query.ledger.Tally;
import io.peerscope.query.store.LedgerReader;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The terms of today's ledger over all hosts as {@code peerscope_ledger_samples{term}}, and as
 * {@code peerscope_ledger_unbalanced_accounts} how many accounts of the last two days do not add up. Page when that is not
 * 0: samples are lost out of sight.
 */
final class LedgerWatch {
    private final LedgerReader reader;
    /** Null before the first look: then all of it is NaN, for a 0 would say that all is well. */
    private volatile LedgerReader.@Nullable Totals totals;

    LedgerWatch(LedgerReader reader, MeterRegistry registry) {
        this.reader = reader;
        term(registry, "accepted", Tally::accepted);
        term(registry, "stored", Tally::stored);
        term(registry, "duplicate", Tally::duplicate);
        term(registry, "late", Tally::late);
        term(registry, "quarantined", Tally::quarantined);
        term(registry, "rejected", Tally::rejected);
        Gauge.builder(
                        "peerscope.ledger.unbalanced.accounts",
                        this,
                        watch -> watch.known(LedgerReader.Totals::unbalanced))
                .tag("service", "query-api")
                .register(registry);
    }

    private void term(MeterRegistry registry, String name, ToDoubleFunction<Tally> value) {
        Gauge.builder(
                        "peerscope.ledger.samples",
                        this,
                        watch -> watch.known(totals -> value.applyAsDouble(totals.today())))
                .tags("service", "query-api", "term", name)
                .register(registry);
    }

    private double known(ToDoubleFunction<LedgerReader.Totals> value) {
        LedgerReader.Totals seen = totals;
        return seen == null ? Double.NaN : value.applyAsDouble(seen);
    }

    void look(LocalDate today) throws SQLException {
        totals = reader.totals(today);
    }
}
