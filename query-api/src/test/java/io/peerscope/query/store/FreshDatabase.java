package io.peerscope.query.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/** Gives each test an empty database of one flavour. */
public final class FreshDatabase implements BeforeEachCallback, AfterEachCallback {
    private static final int MOST_CONNECTIONS = 20;

    private final boolean timescale;
    private @Nullable DataSource database;
    private @Nullable AgroalDataSource pool;

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

    /** The same by a pool, as the service has one: to connect takes longer than most statements. */
    public DataSource pooled() {
        if (pool == null) {
            pool = pool((PGSimpleDataSource) get());
        }
        return pool;
    }

    private static AgroalDataSource pool(PGSimpleDataSource source) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(sizes -> sizes.maxSize(MOST_CONNECTIONS)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(source.getURL())
                                    .principal(new NamePrincipal(source.getUser()))
                                    .credential(new SimplePassword(source.getPassword())))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        database = PostgresServer.of(context).database(timescale);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
