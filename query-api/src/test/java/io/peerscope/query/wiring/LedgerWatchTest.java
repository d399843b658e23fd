package io.peerscope.query.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.peerscope.query.store.LedgerReader;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class LedgerWatchTest {
    @Test
    void beforeTheFirstLookNobodySaysThatAllIsWell() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LedgerWatch watch = new LedgerWatch(new LedgerReader(new PGSimpleDataSource()), meters);

        assertThat(watch).isNotNull();
        assertThat(meters.get("peerscope.ledger.unbalanced.accounts").gauge().value())
                .isNaN();
        assertThat(meters.get("peerscope.ledger.samples").gauges())
                .allSatisfy(term -> assertThat(term.value()).isNaN());
    }
}
