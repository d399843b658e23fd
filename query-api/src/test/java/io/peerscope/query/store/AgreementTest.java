package io.peerscope.query.store;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgreementTest {
    @Nested
    class OnPlainPostgres extends AgreementContract {
        @RegisterExtension
        final FreshDatabase database = FreshDatabase.plain();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }

    @Nested
    class OnTimescale extends AgreementContract {
        @RegisterExtension
        final FreshDatabase database = FreshDatabase.timescale();

        @Override
        FreshDatabase fresh() {
            return database;
        }
    }
}
