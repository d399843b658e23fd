package io.peerscope.query.store;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.AlertTransition;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.query.live.AlertWords;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What became of alerts and messages. */
public final class AlertReader {
    /** What {@link AlertWords} looks at, a line each, so that no word is found across two of them. */
    private static final String TEXTS = "concat_ws(E'\\n', host, rule_id, body->>'summary', body->>'metric',"
            + " jsonb_path_query_array(body, '$.subject.labels.*')::text)";

    private final DataSource database;

    public AlertReader(DataSource database) {
        this.database = database;
    }

    /** Which alerts; empty parts do not narrow. Alerts that ended before they fired are not shown. */
    public record Filter(
            Optional<Instant> from,
            Optional<Instant> to,
            List<String> hosts,
            Set<Severity> severities,
            Set<AlertStatus> statuses,
            List<String> ruleIds,
            AlertWords words) {
        public static Filter ofHost(String host) {
            return new Filter(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(host),
                    Set.of(),
                    Set.of(),
                    List.of(),
                    AlertWords.of(""));
        }
    }

    /** Which deliveries; empty parts do not narrow. */
    public record DeliveryFilter(
            Optional<Instant> from,
            Optional<Instant> to,
            List<String> channelIds,
            Set<DeliveryRecord.Status> statuses,
            Optional<String> alertId) {}

    /**
     * A moment in the life of an alert.
     *
     * @param what a transition, {@code delivery}, or {@code held}: what happened was not sent at once, for the reason given
     * @param channelId which channel it was held from; null: all of them
     * @param cause of what was held as part of something larger: the incident, or the alert of a host
     */
    public record Moment(
            Instant at,
            String what,
            @Nullable String reason,
            @Nullable Alert alert,
            @Nullable DeliveryRecord delivery,
            @Nullable String channelId,
            @Nullable String cause) {}

    public Page<Alert> list(Filter filter, int page, int pageSize) {
        Where where = new Where();
        filter.words().words().forEach(word -> where.and(TEXTS + " ilike ?", containing(word)));
        return where.and("told = ?", true)
                .and("started_at >= ?", filter.from())
                .and("started_at < ?", filter.to())
                .andOneOf("host", filter.hosts())
                .andOneOf(
                        "severity",
                        filter.severities().stream().map(Severity::word).toList())
                .andOneOf(
                        "status",
                        filter.statuses().stream().map(AlertStatus::word).toList())
                .andOneOf("rule_id", filter.ruleIds())
                .page(database, "alert", "started_at desc, id", page, pageSize, AlertReader::alert);
    }

    private static String containing(String word) {
        return "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    public Optional<Alert> find(String id) {
        return new Where()
                .and("id = ?", id).page(database, "alert", "id", 1, 1, AlertReader::alert).items().stream()
                        .findFirst();
    }

    public Page<DeliveryRecord> deliveries(DeliveryFilter filter, int page, int pageSize) {
        return new Where()
                .and("at >= ?", filter.from())
                .and("at < ?", filter.to())
                .andOneOf("channel_id", filter.channelIds())
                .andOneOf(
                        "status",
                        filter.statuses().stream()
                                .map(DeliveryRecord.Status::word)
                                .toList())
                .and("alert_ids @> array[?::text]", filter.alertId())
                .page(database, "delivery", "at desc, id", page, pageSize, AlertReader::delivery);
    }

    /** How each channel was reached last, by its id; without those that nothing was sent to. */
    public Map<String, ChannelReach> reach(List<String> channelIds) {
        Map<String, ChannelReach> reached = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select last.*, (select max(sent.at) from delivery sent where"
                                + " sent.channel_id = last.channel_id and sent.status = 'sent') as last_sent_at from"
                                + " (select distinct on (channel_id) * from delivery where channel_id = any(?) order by"
                                + " channel_id, at desc) last")) {
            select.setArray(1, connection.createArrayOf("text", channelIds.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Timestamp sent = rows.getTimestamp("last_sent_at");
                    reached.put(
                            rows.getString("channel_id"),
                            ChannelReach.of(delivery(rows), sent == null ? null : sent.toInstant()));
                }
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        return reached;
    }

    /** What its last attempt came to. */
    public Optional<DeliveryRecord> delivery(String id) {
        return new Where()
                .and("id = ?", id).page(database, "delivery", "id", 1, 1, AlertReader::delivery).items().stream()
                        .findFirst();
    }

    /** Every transition of an alert and every message about it, in order of time. */
    public List<Moment> timeline(String alertId) {
        List<Moment> moments = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement select = connection.prepareStatement(
                    "select time, transition, reason, body from alert_event where alert_id = ? order by sequence")) {
                select.setString(1, alertId);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        moments.add(new Moment(
                                rows.getTimestamp("time").toInstant(),
                                rows.getString("transition"),
                                rows.getString("reason"),
                                alert(rows),
                                null,
                                null,
                                null));
                        held(moments.getLast()).ifPresent(moments::add);
                    }
                }
            }
            try (PreparedStatement select = connection.prepareStatement(
                    "select * from delivery where alert_ids @> array[?::text] order by at")) {
                select.setString(1, alertId);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        DeliveryRecord delivery = delivery(rows);
                        moments.add(new Moment(
                                delivery.at(), "delivery", null, null, delivery, delivery.channelId(), null));
                    }
                }
            }
            held(connection, alertId, moments);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        moments.sort(Comparator.comparing(Moment::at));
        return moments;
    }

    /** What the notifier made of it for one channel. */
    private static void held(Connection connection, String alertId, List<Moment> moments) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select at, reason, channel_id, cause from held where alert_id = ? order by at")) {
            select.setString(1, alertId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    moments.add(new Moment(
                            rows.getTimestamp("at").toInstant(),
                            "held",
                            rows.getString("reason"),
                            null,
                            null,
                            rows.getString("channel_id"),
                            rows.getString("cause")));
                }
            }
        }
    }

    /** What the notifier makes of it for every channel alike. */
    private static Optional<Moment> held(Moment moment) {
        Alert alert = moment.alert();
        if (alert == null) {
            return Optional.empty();
        }
        boolean silenced = alert.silencedBy() != null;
        boolean flapping = alert.flapping();
        String why =
                switch (AlertTransition.of(moment.what())) {
                    case FIRING, NO_DATA -> silenced ? "silenced" : flapping ? "flapping" : "";
                    case SEVERITY_CHANGED, REOPENED, FLAPPING -> silenced ? "silenced" : "";
                    case STEADY -> silenced && alert.status() != AlertStatus.RESOLVED ? "silenced" : "";
                    case RESOLVED -> flapping ? "flapping" : "";
                    case PENDING, DROPPED, SILENCED, UNSILENCED -> "";
                    case ACKNOWLEDGED, UNACKNOWLEDGED, ASSIGNED, NOTED -> "";
                };
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Moment(moment.at(), "held", why, null, null, null, null));
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return Json.decode(row.getString("body").getBytes(StandardCharsets.UTF_8), Alert.class);
    }

    private static DeliveryRecord delivery(ResultSet row) throws SQLException {
        Timestamp next = row.getTimestamp("next_attempt_at");
        return new DeliveryRecord(
                row.getString("id"),
                row.getString("channel_id"),
                MessageType.of(row.getString("type")),
                DeliveryRecord.Status.of(row.getString("status")),
                row.getInt("attempts"),
                row.getTimestamp("at").toInstant(),
                row.getString("cause"),
                row.getString("detail"),
                next == null ? null : next.toInstant(),
                List.of((String[]) row.getArray("alert_ids").getArray()),
                row.getInt("failures"),
                row.getString("fallback"));
    }
}
