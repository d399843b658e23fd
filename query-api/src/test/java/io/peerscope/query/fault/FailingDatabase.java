package io.peerscope.query.fault;

import io.peerscope.query.fault.FailPoint.Where;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** A database whose connections run into a {@link FailPoint}. Only transactions that store points do. */
final class FailingDatabase {
    private static final String AFTER_THE_POINTS = "insert into ledger_day";

    private final FailPoint point;
    private final AtomicInteger passed = new AtomicInteger();

    private FailingDatabase(FailPoint point) {
        this.point = point;
    }

    static DataSource of(DataSource database, FailPoint point) {
        FailingDatabase failing = new FailingDatabase(point);
        return (DataSource) Proxy.newProxyInstance(
                FailingDatabase.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    Object result = call(method, database, arguments);
                    return result instanceof Connection connection ? failing.watched(connection) : result;
                });
    }

    private Connection watched(Connection connection) {
        boolean[] storesPoints = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                FailingDatabase.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && arguments[0].toString().startsWith(AFTER_THE_POINTS)) {
                        storesPoints[0] = true;
                        point.reached(Where.AFTER_COPY, passed);
                    }
                    if (method.getName().equals("unwrap") && arguments[0] == PGConnection.class) {
                        return copying(connection);
                    }
                    boolean commits = method.getName().equals("commit") && storesPoints[0];
                    if (commits) {
                        point.reached(Where.BEFORE_COMMIT, passed);
                    }
                    Object result = call(method, connection, arguments);
                    if (commits) {
                        point.reached(Where.AFTER_COMMIT, passed);
                    }
                    return result;
                });
    }

    private PGConnection copying(Connection connection) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class)) {
            @Override
            public CopyIn copyIn(String sql) throws SQLException {
                CopyIn copy = super.copyIn(sql);
                return sql.startsWith("copy raw_point") ? watched(copy) : copy;
            }
        };
        return (PGConnection) Proxy.newProxyInstance(
                FailingDatabase.class.getClassLoader(),
                new Class<?>[] {PGConnection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getCopyAPI") ? copies : call(method, driver, arguments));
    }

    private CopyIn watched(CopyIn copy) {
        return (CopyIn) Proxy.newProxyInstance(
                FailingDatabase.class.getClassLoader(), new Class<?>[] {CopyIn.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("endCopy")) {
                        copy.flushCopy();
                        point.reached(Where.IN_COPY, passed);
                    }
                    return call(method, copy, arguments);
                });
    }

    private static Object call(Method method, Object on, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
