package io.peerscope.query.store;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import io.peerscope.query.ledger.Fate;
import io.peerscope.query.ledger.HostDay;
import io.peerscope.query.ledger.Tally;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Tables {@code ledger_day}, {@code receipt_note} and {@code quarantine}. Written in the transaction that stores the
 * samples and moves the position, so nothing is booked twice or not at all.
 */
public final class Ledger {
    private static final String NOTE = "insert into receipt_note values (?, ?, ?, ?, ?, ?)"
            + " on conflict (partition, record_offset) do update set at = excluded.at,"
            + " duplicate = excluded.duplicate, late = excluded.late, quarantined = excluded.quarantined";

    private Ledger() {}

    /** Where a record lies. */
    public record Place(String topic, int partition, long offset) {}

    /** Samples that are stored now, and what is to be told of them. */
    public static void book(Connection connection, Collection<Fate> fates) throws SQLException {
        TreeMap<HostDay, Tally> accounts = new TreeMap<>();
        List<Fate> telling = new ArrayList<>();
        for (Fate fate : fates) {
            HostDay account = HostDay.of(fate.batch().host(), fate.batch().receivedAt());
            accounts.merge(account, fate.tally(), Tally::plus);
            if (!fate.plain()) {
                telling.add(fate);
            }
        }
        note(connection, telling);
        add(connection, accounts);
    }

    /** A record that the database would not have. */
    public static void setAside(Connection connection, Place place, Fate fate, String why) throws SQLException {
        PointBatch batch = fate.batch();
        note(connection, fate, fate.quarantined());
        List<RefusedSample> samples = new ArrayList<>();
        for (Point point : batch.points()) {
            for (int i = 0; i < point.shape().size() && samples.size() < ReceiptRecord.MOST_SAMPLES; i++) {
                samples.add(new RefusedSample(
                        point.subject().kind(),
                        point.shape().field(i),
                        Double.toString(point.values()[i]),
                        point.timestamp() - batch.skew(),
                        "internal",
                        why));
            }
        }
        quarantine(
                connection,
                place,
                batch.host(),
                batch.receipt(),
                batch.receivedAt(),
                samples,
                Map.of("internal", batch.samples()));
        add(connection, new TreeMap<>(Map.of(HostDay.of(batch.host(), batch.receivedAt()), fate.quarantined())));
    }

    /** What is in no record of samples. */
    public static void book(Connection connection, Map<Place, ReceiptRecord> receipts) throws SQLException {
        TreeMap<HostDay, Tally> accounts = new TreeMap<>();
        for (Map.Entry<Place, ReceiptRecord> each : receipts.entrySet()) {
            ReceiptRecord receipt = each.getValue();
            long receivedAt = receipt.receivedAt().toEpochMilli();
            accounts.merge(
                    HostDay.of(receipt.host(), receivedAt),
                    new Tally(receipt.accepted(), receipt.rejected(), 0, receipt.duplicate(), 0, 0),
                    Tally::plus);
            quarantine(
                    connection,
                    each.getKey(),
                    receipt.host(),
                    receipt.receipt(),
                    receivedAt,
                    receipt.samples(),
                    receipt.reasons());
        }
        add(connection, accounts);
    }

    /** One statement however many hosts; in order of host, so that writers wait for each other instead of dead-locking. */
    private static void add(Connection connection, TreeMap<HostDay, Tally> accounts) throws SQLException {
        accounts.values().removeIf(Tally.NONE::equals);
        if (accounts.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("insert into ledger_day as l"
                + " (host, day, accepted, rejected, stored, duplicate, late, quarantined)"
                + " select h, d::date, a, r, s, u, t, q from unnest(?, ?, ?, ?, ?, ?, ?, ?) x(h, d, a, r, s, u, t, q)"
                + " order by h, d on conflict (host, day) do update set accepted = l.accepted + excluded.accepted,"
                + " rejected = l.rejected + excluded.rejected, stored = l.stored + excluded.stored,"
                + " duplicate = l.duplicate + excluded.duplicate, late = l.late + excluded.late,"
                + " quarantined = l.quarantined + excluded.quarantined")) {
            Collection<Tally> tallies = accounts.values();
            upsert.setArray(1, texts(connection, accounts, HostDay::host));
            upsert.setArray(
                    2, texts(connection, accounts, account -> account.day().toString()));
            upsert.setArray(3, BinaryArray.of(connection, "int8", numbers(tallies, Tally::accepted)));
            upsert.setArray(4, BinaryArray.of(connection, "int8", numbers(tallies, Tally::rejected)));
            upsert.setArray(5, BinaryArray.of(connection, "int8", numbers(tallies, Tally::stored)));
            upsert.setArray(6, BinaryArray.of(connection, "int8", numbers(tallies, Tally::duplicate)));
            upsert.setArray(7, BinaryArray.of(connection, "int8", numbers(tallies, Tally::late)));
            upsert.setArray(8, BinaryArray.of(connection, "int8", numbers(tallies, Tally::quarantined)));
            upsert.executeUpdate();
        }
    }

    private static Array texts(Connection connection, TreeMap<HostDay, Tally> accounts, Function<HostDay, String> text)
            throws SQLException {
        return connection.createArrayOf(
                "text", accounts.keySet().stream().map(text).toArray());
    }

    private static long[] numbers(Collection<Tally> tallies, ToLongFunction<Tally> number) {
        return tallies.stream().mapToLong(number).toArray();
    }

    private static void note(Connection connection, List<Fate> fates) throws SQLException {
        if (fates.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            for (Fate fate : fates) {
                bind(insert, fate, fate.tally());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void note(Connection connection, Fate fate, Tally tally) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(NOTE)) {
            bind(insert, fate, tally);
            insert.executeUpdate();
        }
    }

    private static void bind(PreparedStatement insert, Fate fate, Tally tally) throws SQLException {
        insert.setInt(1, fate.partition());
        insert.setLong(2, fate.offset());
        insert.setTimestamp(3, new Timestamp(fate.batch().receivedAt()));
        insert.setLong(4, tally.duplicate());
        insert.setLong(5, tally.late());
        insert.setLong(6, tally.quarantined());
    }

    /** A row for each sample that is described, and one for the rest of each reason. */
    private static void quarantine(
            Connection connection,
            Place place,
            String host,
            String receipt,
            long receivedAt,
            List<RefusedSample> samples,
            Map<String, Integer> reasons)
            throws SQLException {
        if (samples.isEmpty() && reasons.isEmpty()) {
            return;
        }
        Map<String, Integer> rest = new TreeMap<>(reasons);
        samples.forEach(sample -> rest.computeIfPresent(sample.code(), (code, count) -> count > 1 ? count - 1 : null));
        try (PreparedStatement insert = connection.prepareStatement("insert into quarantine values"
                + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            int number = 0;
            for (RefusedSample sample : samples) {
                bind(insert, place, number++, host, receipt, receivedAt, sample, 1);
                insert.addBatch();
            }
            for (Map.Entry<String, Integer> reason : rest.entrySet()) {
                RefusedSample more = new RefusedSample("", "", null, null, reason.getKey(), "");
                bind(insert, place, number++, host, receipt, receivedAt, more, reason.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(
            PreparedStatement insert,
            Place place,
            int number,
            String host,
            String receipt,
            long receivedAt,
            RefusedSample sample,
            int count)
            throws SQLException {
        insert.setString(1, place.topic());
        insert.setInt(2, place.partition());
        insert.setLong(3, place.offset());
        insert.setInt(4, number);
        insert.setTimestamp(5, new Timestamp(receivedAt));
        insert.setString(6, host);
        insert.setString(7, receipt);
        insert.setString(8, sample.kind());
        insert.setString(9, sample.name());
        insert.setString(10, sample.value());
        if (sample.timestamp() == null) {
            insert.setNull(11, Types.BIGINT);
        } else {
            insert.setLong(11, sample.timestamp());
        }
        insert.setString(12, sample.code());
        insert.setString(13, sample.detail());
        insert.setInt(14, count);
    }
}
