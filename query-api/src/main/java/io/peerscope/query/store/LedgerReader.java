package io.peerscope.query.store;

import io.peerscope.contracts.topic.Topic;
import io.peerscope.query.ledger.HostDay;
import io.peerscope.query.ledger.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Ledger} wrote. */
public final class LedgerReader {
    private final DataSource database;

    public LedgerReader(DataSource database) {
        this.database = database;
    }

    /**
     * An account and how far the host's partition is booked, as of one moment.
     *
     * @param points next offset of {@code metrics.points}; so for the receipts
     */
    public record Booked(Tally tally, long points, long receipts) {}

    /** What is noted of one record. */
    public record Note(long duplicate, long late, long quarantined) {}

    /** How far a partition is stored, and what is noted of one record of it; as of one moment. */
    public record Stored(long next, Optional<Note> note) {}

    /** One entry of the quarantine: a sample that was refused, or without a name the rest of a reason. */
    public record Refused(
            String host,
            Instant at,
            String code,
            String detail,
            String kind,
            String name,
            @Nullable String value,
            @Nullable Instant timestamp,
            int count,
            String topic) {}

    /** Which entries; empty parts do not narrow. */
    public record Filter(Optional<String> host, Optional<String> code, Optional<Instant> from, Optional<Instant> to) {}

    public Booked booked(HostDay account, int partition) {
        // one statement sees one state of the database
        String sql = "select l.accepted, l.rejected, l.stored, l.duplicate, l.late, l.quarantined,"
                + " (select next_offset from topic_position where topic = ? and partition = ?),"
                + " (select next_offset from topic_position where topic = ? and partition = ?)"
                + " from (select) x left join ledger_day l on l.host = ? and l.day = ?";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, Topic.METRICS_POINTS.topicName());
            select.setInt(2, partition);
            select.setString(3, Topic.INGEST_RECEIPTS.topicName());
            select.setInt(4, partition);
            select.setString(5, account.host());
            select.setObject(6, account.day());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                // null reads as zero, which is what an account is before its first entry
                Tally tally = new Tally(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
                return new Booked(tally, row.getLong(7), row.getLong(8));
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * All hosts together.
     *
     * @param unbalanced how many accounts of this and the last day do not add up; never any, unless something is broken
     */
    public record Totals(Tally today, long unbalanced) {}

    public Totals totals(LocalDate today) throws SQLException {
        String sql = "select coalesce(sum(accepted) filter (where day = ?), 0),"
                + " coalesce(sum(rejected) filter (where day = ?), 0), coalesce(sum(stored) filter (where day = ?), 0),"
                + " coalesce(sum(duplicate) filter (where day = ?), 0), coalesce(sum(late) filter (where day = ?), 0),"
                + " coalesce(sum(quarantined) filter (where day = ?), 0),"
                + " count(*) filter (where accepted <> stored + duplicate + late + quarantined)"
                + " from ledger_day where day >= ?";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 6; i++) {
                select.setObject(i, today);
            }
            select.setObject(7, today.minusDays(1));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Tally sum = new Tally(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
                return new Totals(sum, row.getLong(7));
            }
        }
    }

    /**
     * What is booked of a host on a day.
     *
     * @param reasons why samples were refused, how many of each; of a host that has much refused not all are told
     */
    public record Account(String host, LocalDate day, Tally tally, Map<String, Long> reasons) {}

    /** Of one host, newest first. */
    public List<Account> days(String host, LocalDate from) {
        String sql =
                "select l.*, (select string_agg(r.code || '=' || r.n, ',' order by r.n desc, r.code) from (select q.code,"
                        + " sum(q.count) as n from quarantine q where q.host = l.host and q.at >= l.day::timestamp at time zone 'UTC'"
                        + " and q.at < (l.day + 1)::timestamp at time zone 'UTC' group by q.code) r) as reasons"
                        + " from ledger_day l where l.host = ? and l.day >= ? order by l.day desc";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, host);
            select.setObject(2, from);
            List<Account> accounts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    accounts.add(account(rows, reasons(rows.getString("reasons"))));
                }
            }
            return accounts;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Of one day, hosts of which most was lost, late or sent twice first. */
    public Page<Account> hosts(LocalDate day, int page, int pageSize) {
        return new Where()
                .and("day = ?", day)
                .page(
                        database,
                        "ledger_day",
                        "rejected + quarantined desc, late desc, duplicate desc, host",
                        page,
                        pageSize,
                        row -> account(row, Map.of()));
    }

    private static Account account(ResultSet row, Map<String, Long> reasons) throws SQLException {
        return new Account(
                row.getString("host"),
                row.getObject("day", LocalDate.class),
                new Tally(
                        row.getLong("accepted"),
                        row.getLong("rejected"),
                        row.getLong("stored"),
                        row.getLong("duplicate"),
                        row.getLong("late"),
                        row.getLong("quarantined")),
                reasons);
    }

    private static Map<String, Long> reasons(@Nullable String counted) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        for (String each : counted == null ? new String[0] : counted.split(",")) {
            int end = each.lastIndexOf('=');
            reasons.put(each.substring(0, end), Long.valueOf(each.substring(end + 1)));
        }
        return reasons;
    }

    public Stored stored(int partition, long offset) {
        String sql = "select (select next_offset from topic_position where topic = ? and partition = ?),"
                + " n.duplicate, n.late, n.quarantined"
                + " from (select) x left join receipt_note n on n.partition = ? and n.record_offset = ?";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, Topic.METRICS_POINTS.topicName());
            select.setInt(2, partition);
            select.setInt(3, partition);
            select.setLong(4, offset);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long next = row.getLong(1);
                Note note = new Note(row.getLong(2), row.getLong(3), row.getLong(4));
                return new Stored(next, row.wasNull() ? Optional.empty() : Optional.of(note));
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Newest first. */
    public Page<Refused> quarantine(Filter filter, int page, int pageSize) {
        return new Where()
                .and("host = ?", filter.host())
                .and("code = ?", filter.code())
                .and("at >= ?", filter.from())
                .and("at < ?", filter.to())
                .page(
                        database,
                        "quarantine",
                        "at desc, topic, partition, record_offset desc, number",
                        page,
                        pageSize,
                        LedgerReader::refused);
    }

    private static Refused refused(ResultSet row) throws SQLException {
        long hostTime = row.getLong("host_time");
        boolean timeless = row.wasNull();
        return new Refused(
                row.getString("host"),
                row.getTimestamp("at").toInstant(),
                row.getString("code"),
                row.getString("detail"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("value"),
                timeless ? null : Instant.ofEpochMilli(hostTime),
                row.getInt("count"),
                row.getString("topic"));
    }
}
