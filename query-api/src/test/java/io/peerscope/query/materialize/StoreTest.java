package io.peerscope.query.materialize;

import io.peerscope.query.store.FreshDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreTest {

    @Nested
    class OnPlainPostgres extends StoreContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.plain();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }

    @Nested
    class OnTimescale extends StoreContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.timescale();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }
}
