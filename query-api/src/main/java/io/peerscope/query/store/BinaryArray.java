package io.peerscope.query.store;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Arrays of numbers as the database's binary format has them. As text, every NaN would become the same one. */
final class BinaryArray {
    private static final int DIMENSIONS_AT = 0;
    private static final int LENGTH_AT = 12;
    private static final int HEADER = 20;

    private BinaryArray() {}

    /** What {@code array_send} makes of a {@code float8[]} without nulls. */
    static double[] doubles(byte[] sent) {
        ByteBuffer in = ByteBuffer.wrap(sent);
        if (in.getInt(DIMENSIONS_AT) == 0) {
            return new double[0];
        }
        double[] values = new double[in.getInt(LENGTH_AT)];
        in.position(HEADER);
        for (int i = 0; i < values.length; i++) {
            in.getInt(); // length of the element, always 8
            values[i] = Double.longBitsToDouble(in.getLong());
        }
        return values;
    }

    /** @param numbers a {@code double[]} or {@code long[]}; as a primitive array it is sent in binary */
    static Array of(Connection connection, String type, Object numbers) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, numbers);
    }
}
