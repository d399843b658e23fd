package io.peerscope.query.store;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrendsTest {

    @Nested
    class OnPlainPostgres extends TrendsContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.plain();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }

    @Nested
    class OnTimescale extends TrendsContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.timescale();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }
}
