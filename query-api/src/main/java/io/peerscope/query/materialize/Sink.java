package io.peerscope.query.materialize;

import io.peerscope.contracts.topic.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the records of one topic become rows. Used by one thread.
 *
 * @param <T> what a record says
 * @param <R> the rows that several records make together
 */
interface Sink<T, R> {
    Topic topic();

    /**
     * @param row has a value
     * @throws io.peerscope.contracts.point.MalformedRecordException where it cannot be read, ever
     */
    T read(ConsumerRecord<String, byte[]> row);

    /** Makes the rows and commits what they refer to. The connection commits by itself. */
    R prepare(Connection connection, List<Delivered<T>> batch) throws SQLException;

    /** Fast, inside the transaction; may fail with a unique violation, then everything is done again by merging. */
    void insert(Connection connection, R rows) throws SQLException;

    /**
     * Right whatever is there already, inside the transaction.
     *
     * @return whether any of it was
     */
    boolean merge(Connection connection, R rows) throws SQLException;

    /**
     * A record is passed over because the database would not have it: what has to be said of it, in the transaction that
     * passes it.
     */
    default void setAside(Connection connection, Delivered<T> record, String why) throws SQLException {}

    /** The database is not what it was: drop what is cached of it. */
    default void forget() {}
}
