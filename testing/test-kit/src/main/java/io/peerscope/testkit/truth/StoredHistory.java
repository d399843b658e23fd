package io.peerscope.testkit.truth;

import io.peerscope.contracts.rollup.Sketch;
import io.peerscope.testkit.truth.Reference.Cell;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** What is stored, as of one moment; a row that is there twice comes twice. */
interface StoredHistory extends AutoCloseable {
    /** @param sketch empty where none is kept */
    record Row(
            long count,
            double sum,
            double min,
            double max,
            double last,
            double first,
            double gain,
            long firstTime,
            long lastTime,
            Optional<Sketch> sketch) {}

    void samples(BiConsumer<Cell, Double> each) throws SQLException;

    void buckets(Span span, BiConsumer<Cell, Row> each) throws SQLException;

    /** Up to where the tier has been built; empty where it has not begun. */
    OptionalLong builtUntil(Span span) throws SQLException;

    /** How many windows and buckets wait to be made or made again. */
    long workLeft() throws SQLException;

    @Override
    void close() throws SQLException;
}
