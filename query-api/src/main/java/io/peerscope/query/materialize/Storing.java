package io.peerscope.query.materialize;

import io.peerscope.query.store.IdleBound;
import io.peerscope.query.store.Positions;
import io.peerscope.query.store.Trouble;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Stores batches of one topic, rows and position in one transaction. A batch that the database refuses is halved until
 * the record at fault is alone; that one is handed over and passed.
 *
 * <p>Such transactions need not wait for the disk: if the database loses the last of them in a crash, it loses rows and
 * position together, and they are stored again from the topic.
 */
final class Storing<T, R> {
    private static final String SETTINGS =
            "select set_config('synchronous_commit', 'off', true), " + Positions.WHERE + ", " + IdleBound.SETTING;

    private final DataSource database;
    private final Sink<T, R> sink;
    private final BiConsumer<ConsumerRecord<String, byte[]>, String> refused;
    /** Next offset by partition as the database has it, as far as we know. */
    private final Map<Integer, Long> positions = new HashMap<>();
    /** Which run of which database that is; what is cached of another must not be written to it. */
    private String where = "";
    /** Where points came twice they are likely to go on doing so; trying the fast way first would cost twice. */
    private boolean expectDuplicates;

    Storing(DataSource database, Sink<T, R> sink, BiConsumer<ConsumerRecord<String, byte[]>, String> refused) {
        this.database = database;
        this.sink = sink;
        this.refused = refused;
    }

    Map<Integer, Long> positions() {
        return positions;
    }

    /** Learns the positions anew. */
    void locate(Collection<Integer> partitions) throws SQLException {
        sink.forget();
        try (Connection connection = database.getConnection()) {
            where = Positions.where(connection);
            positions.clear();
            positions.putAll(Positions.load(connection, sink.topic().topicName(), partitions));
        }
    }

    /**
     * @param records in order of offset within each partition
     * @param upTo next offset by partition once all of them are stored
     */
    void store(List<Delivered<T>> records, Map<Integer, Long> upTo) throws SQLException, Takeover {
        try {
            write(records, upTo);
        } catch (SQLException e) {
            if (Trouble.of(e) != Trouble.REFUSED) {
                throw e;
            }
            if (records.size() <= 1) {
                setAside(records, upTo, String.valueOf(e.getMessage()));
                return;
            }
            int middle = records.size() / 2;
            List<Delivered<T>> first = records.subList(0, middle);
            store(first, after(first));
            store(records.subList(middle, records.size()), upTo);
        }
    }

    private void setAside(List<Delivered<T>> records, Map<Integer, Long> upTo, String why)
            throws SQLException, Takeover {
        records.forEach(record -> refused.accept(record.source(), why));
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                begin(connection, upTo);
                for (Delivered<T> record : records) {
                    sink.setAside(connection, record, why);
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        positions.putAll(upTo);
    }

    private void write(List<Delivered<T>> records, Map<Integer, Long> upTo) throws SQLException, Takeover {
        try (Connection connection = database.getConnection()) {
            R rows = sink.prepare(connection, records);
            connection.setAutoCommit(false);
            try {
                if (expectDuplicates || !inserted(connection, rows, upTo)) {
                    begin(connection, upTo);
                    expectDuplicates = sink.merge(connection, rows);
                    connection.commit();
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        positions.putAll(upTo);
    }

    private boolean inserted(Connection connection, R rows, Map<Integer, Long> upTo) throws SQLException, Takeover {
        begin(connection, upTo);
        try {
            sink.insert(connection, rows);
            connection.commit();
            return true;
        } catch (SQLException e) {
            if (Trouble.of(e) != Trouble.DUPLICATE) {
                throw e;
            }
            connection.rollback();
            return false;
        }
    }

    private void begin(Connection connection, Map<Integer, Long> upTo) throws SQLException, Takeover {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SETTINGS)) {
            row.next();
            if (!row.getString(2).equals(where)) {
                throw new Takeover("the database was started again or is another one");
            }
        }
        if (!Positions.advance(connection, sink.topic().topicName(), positions, upTo)) {
            throw new Takeover("the stored position of " + sink.topic().topicName() + " has changed");
        }
    }

    private static <T> Map<Integer, Long> after(List<Delivered<T>> records) {
        Map<Integer, Long> next = new HashMap<>();
        records.forEach(
                record -> next.put(record.source().partition(), record.source().offset() + 1));
        return next;
    }
}
