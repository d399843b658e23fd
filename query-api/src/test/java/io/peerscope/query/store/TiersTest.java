package io.peerscope.query.store;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class TiersTest {

    @Nested
    class OnPlainPostgres extends TiersContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.plain();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }

    @Nested
    class OnTimescale extends TiersContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.timescale();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }
}
