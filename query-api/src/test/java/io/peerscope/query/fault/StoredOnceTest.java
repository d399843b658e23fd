package io.peerscope.query.fault;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("soak")
class StoredOnceTest {

    @Nested
    class OnPlainPostgres extends StoredOnceContract {
        OnPlainPostgres() throws IOException, SQLException {
            super(false);
        }
    }

    @Nested
    class OnTimescale extends StoredOnceContract {
        OnTimescale() throws IOException, SQLException {
            super(true);
        }
    }
}
