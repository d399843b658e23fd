package io.peerscope.query.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test an empty database of one flavour. */
public final class FreshDatabase implements BeforeEachCallback {
    private final boolean timescale;
    private @Nullable DataSource database;

    private FreshDatabase(boolean timescale) {
        this.timescale = timescale;
    }

    public static FreshDatabase plain() {
        return new FreshDatabase(false);
    }

    public static FreshDatabase timescale() {
        return new FreshDatabase(true);
    }

    public DataSource get() {
        if (database == null) {
            throw new IllegalStateException("only inside a test");
        }
        return database;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        database = PostgresServer.of(context).database(timescale);
    }
}
