package io.peerscope.query.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** A database that counts the rows that are read from it. */
final class CountingDatabase {
    private final AtomicLong rows = new AtomicLong();
    private final DataSource counted;

    CountingDatabase(DataSource database) {
        this.counted = wrap(DataSource.class, database);
    }

    DataSource get() {
        return counted;
    }

    long rows() {
        return rows.get();
    }

    private <T> T wrap(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Object result;
            try {
                result = method.invoke(inner, args);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
            if (method.getName().equals("next") && Boolean.TRUE.equals(result)) {
                rows.incrementAndGet();
            }
            return switch (result) {
                case Connection connection when inner instanceof DataSource -> wrap(Connection.class, connection);
                case PreparedStatement statement -> wrap(PreparedStatement.class, statement);
                case ResultSet found -> wrap(ResultSet.class, found);
                case Statement statement -> wrap(Statement.class, statement);
                case null, default -> result;
            };
        }));
    }
}
