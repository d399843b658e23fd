package io.peerscope.query.materialize;

import io.peerscope.query.store.FreshDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerTest {

    @Nested
    class OnPlainPostgres extends LedgerContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.plain();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }

    @Nested
    class OnTimescale extends LedgerContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.timescale();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }
}
