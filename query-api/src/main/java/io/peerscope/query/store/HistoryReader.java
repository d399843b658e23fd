package io.peerscope.query.store;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.history.Aggregate;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.HistoryPlan;
import io.peerscope.query.history.HistoryPlanner;
import io.peerscope.query.history.HistoryRequest;
import io.peerscope.query.history.RangeTooWideException;
import io.peerscope.query.history.Series;
import io.peerscope.query.history.Tier;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers questions about the past. */
public final class HistoryReader {
    private static final int MAX_SUBJECTS = 50_000;

    private final DataSource database;
    private final HistoryPlanner planner;
    private final MetricCatalogue catalogue;
    private final Duration statementTimeout;

    /** @param catalogue knows the types of fields whose senders do not tell */
    public HistoryReader(
            DataSource database, HistoryPlanner planner, MetricCatalogue catalogue, Duration statementTimeout) {
        this.catalogue = catalogue;
        this.database = database;
        this.planner = planner;
        this.statementTimeout = statementTimeout;
    }

    private record Numbered(long id, Subject subject) {}

    /** @throws RangeTooWideException where the answer would need too much reading */
    public HistoryAnswer answer(HistoryRequest request, Instant now) {
        return Reading.limited(database, statementTimeout, connection -> {
            List<Numbered> subjects = subjects(connection, request);
            request.grouping().check(subjects.stream().map(Numbered::subject).toList());
            Map<Grouping.Key, Integer> groups = new LinkedHashMap<>();
            List<Integer> groupOf = new ArrayList<>();
            for (Numbered each : subjects) {
                Grouping.Key key = request.grouping().key(each.subject());
                groupOf.add(groups.computeIfAbsent(key, k -> groups.size()));
            }
            HistoryPlan plan = planner.plan(request, subjects.size(), now, Tiers.reach(connection));
            List<Series> found = subjects.isEmpty() || plan.segments().isEmpty()
                    ? List.of()
                    : read(connection, request, plan, subjects, groupOf, new ArrayList<>(groups.keySet()));
            return new HistoryAnswer(
                    plan.tier().word(),
                    plan.step() / 1000,
                    Instant.ofEpochMilli(plan.from()),
                    Instant.ofEpochMilli(plan.to()),
                    request.aggregate().word(),
                    found);
        });
    }

    /** The kinds of subjects that there are. */
    public Set<String> kinds() {
        return Reading.limited(database, statementTimeout, connection -> {
            Set<String> kinds = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select distinct kind from subject")) {
                while (rows.next()) {
                    kinds.add(rows.getString(1));
                }
            }
            return kinds;
        });
    }

    /** Every subject that was ever sent with the metric; at most 50 000. */
    public List<Subject> subjects(String metric, String kind, Map<String, String> labels) {
        HistoryRequest request = new HistoryRequest(
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(metric),
                List.of(),
                kind,
                labels,
                Aggregate.AVG,
                new Grouping.Each(),
                1);
        return Reading.limited(database, statementTimeout, connection -> subjects(connection, request).stream()
                .map(Numbered::subject)
                .toList());
    }

    /** Those that ever sent one of the metrics: others are no reason to call a question too wide. */
    private static List<Numbered> subjects(Connection connection, HistoryRequest request) throws SQLException {
        String kind = request.kind();
        String sql = "select id, host, kind, labels from subject s where labels @> ?::jsonb"
                + " and exists (select from subject_shape h join shape_field f on f.shape_id = h.shape_id"
                + " where h.subject_id = s.id and f.field = any(?))"
                + (request.hosts().isEmpty() ? "" : " and host = any(?)")
                + (kind == null ? "" : " and kind = ?")
                + " order by host, kind, canonical limit " + (MAX_SUBJECTS + 1);
        List<Numbered> subjects = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int at = 1;
            select.setString(at++, JsonText.of(request.labels()));
            select.setArray(
                    at++, connection.createArrayOf("text", request.metrics().toArray()));
            if (!request.hosts().isEmpty()) {
                select.setArray(
                        at++, connection.createArrayOf("text", request.hosts().toArray()));
            }
            if (kind != null) {
                select.setString(at, kind);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Subject subject =
                            new Subject(rows.getString(2), rows.getString(3), JsonText.labels(rows.getString(4)));
                    subjects.add(new Numbered(rows.getLong(1), subject));
                }
            }
        }
        if (subjects.size() > MAX_SUBJECTS) {
            throw new RangeTooWideException("more than " + MAX_SUBJECTS + " subjects match; name hosts or a kind");
        }
        return subjects;
    }

    private List<Series> read(
            Connection connection,
            HistoryRequest request,
            HistoryPlan plan,
            List<Numbered> subjects,
            List<Integer> groupOf,
            List<Grouping.Key> groups)
            throws SQLException {
        SeriesList series = new SeriesList(groups);
        Places places = Places.of(connection, request.metrics());
        if (places.none()) {
            return List.of();
        }
        Array ids = connection.createArrayOf(
                "int8", subjects.stream().map(Numbered::id).toArray());
        Array groupOfId = connection.createArrayOf("int4", groupOf.toArray());
        OptionalDouble share = request.aggregate().share();
        if (share.isPresent() && plan.tier() != Tier.RAW) {
            new StoredPercentiles(plan, share.getAsDouble(), places).read(connection, ids, groupOfId, series);
        } else if (request.aggregate() == Aggregate.RATE) {
            rates(connection, request, plan, ids, groupOfId, series);
        } else {
            steps(connection, request, new HistorySql(request.aggregate(), plan, places), ids, groupOfId, series);
        }
        return series.list();
    }

    private static void steps(
            Connection connection, HistoryRequest request, HistorySql sql, Array ids, Array groups, SeriesList series)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.text())) {
            sql.bind(select, ids, groups);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    int column = 3;
                    for (String metric : request.metrics()) {
                        if (rows.getBoolean(column)) {
                            series.add(
                                    rows.getInt(1),
                                    metric,
                                    rows.getLong(2),
                                    value(request.aggregate(), rows, column + 1));
                        }
                        column += 2;
                    }
                }
            }
        }
    }

    private void rates(
            Connection connection, HistoryRequest request, HistoryPlan plan, Array ids, Array groups, SeriesList series)
            throws SQLException {
        Array metrics = connection.createArrayOf("text", request.metrics().toArray());
        Array types = connection.createArrayOf(
                "int2",
                request.metrics().stream()
                        .map(metric -> (short) catalogue.type(metric).number())
                        .toArray());
        try (PreparedStatement select = connection.prepareStatement(RateSql.of(plan))) {
            RateSql.bind(select, plan, ids, groups, metrics, types);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    series.add(rows.getInt(1), rows.getString(2), rows.getLong(3), value(Aggregate.RATE, rows, 4));
                }
            }
        }
    }

    /** Null where a step has no number: JSON knows no other word for it. */
    private static @Nullable Number value(Aggregate aggregate, ResultSet row, int column) throws SQLException {
        if (aggregate == Aggregate.COUNT) {
            return row.getLong(column);
        }
        double value = row.getDouble(column);
        return row.wasNull() || !Double.isFinite(value) ? null : (Number) value;
    }
}
