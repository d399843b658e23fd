package io.peerscope.query.materialize;

import io.peerscope.query.store.FreshDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsTest {

    @Nested
    class OnPlainPostgres extends SessionsContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.plain();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }

    @Nested
    class OnTimescale extends SessionsContract {
        @RegisterExtension
        private final FreshDatabase database = FreshDatabase.timescale();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }
}
