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
import io.peerscope.query.history.Reach;
import io.peerscope.query.history.Series;
import io.peerscope.query.history.Tier;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers questions about the past. */
public final class HistoryReader {
    private static final int MAX_SUBJECTS = 50_000;
    /** Rows that are fetched together, so that what is too much is noticed before all of it is here. */
    static final int AT_ONCE = 2_000;

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

    /** @throws RangeTooWideException where the answer would need too much reading */
    public HistoryAnswer answer(HistoryRequest request, Instant now) {
        return Reading.limited(database, statementTimeout, connection -> {
            Places places = Places.of(connection, request.metrics());
            List<Asked.One> subjects = subjects(connection, request, places);
            request.grouping().check(subjects.stream().map(Asked.One::subject).toList());
            Asked asked = Asked.of(request.grouping(), subjects);
            Reach reach = Tiers.reach(connection);
            HistoryPlan plan = planner.choose(request, asked.breadth(), now, reach);
            if (planner.excess(plan, asked.breadth(), request, reach).isPresent()) {
                // Who ended long ago, or has just begun, is no reason to refuse.
                asked = asked.alive(connection, plan.segments());
                plan = planner.plan(request, asked.breadth(), now, reach);
            }
            List<Series> found = asked.isEmpty() || plan.segments().isEmpty()
                    ? List.of()
                    : read(connection, request, plan, asked, places, now);
            return new HistoryAnswer(
                    plan.tier().word(),
                    plan.step() / 1000,
                    Instant.ofEpochMilli(plan.from()),
                    Instant.ofEpochMilli(plan.to()),
                    request.aggregate().word(),
                    found);
        });
    }

    /** Every subject that was ever sent with the metric; at most 50 000. */
    public List<Subject> subjects(String metric, String kind, Map<String, Set<String>> labels) {
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
        return Reading.limited(
                database,
                statementTimeout,
                connection -> subjects(connection, request, Places.of(connection, request.metrics())).stream()
                        .map(Asked.One::subject)
                        .toList());
    }

    /** Those that ever sent one of the metrics: others are no reason to call a question too wide. */
    private static List<Asked.One> subjects(Connection connection, HistoryRequest request, Places places)
            throws SQLException {
        String kind = request.kind();
        StringBuilder sql = new StringBuilder("select s.id, s.host, s.kind, s.labels, array_agg(h.shape_id)"
                + " from subject s join subject_shape h on h.subject_id = s.id where h.shape_id = any(?)");
        List<Array> values = new ArrayList<>();
        values.add(places.shapes(connection));
        if (!request.hosts().isEmpty()) {
            sql.append(" and s.host = any(?)");
            values.add(connection.createArrayOf("text", request.hosts().toArray()));
        }
        if (kind != null) {
            sql.append(" and s.kind = any(?)");
            values.add(connection.createArrayOf("text", new String[] {kind}));
        }
        for (Map.Entry<String, Set<String>> label : request.labels().entrySet()) {
            // "" holds for who has no such label: all that is known of it is its name
            boolean none = label.getValue().contains("");
            sql.append(" and (s.labels @> any(?)").append(none ? " or not s.labels ??| ?)" : ")");
            values.add(pairs(connection, label));
            if (none) {
                values.add(connection.createArrayOf("text", new String[] {label.getKey()}));
            }
        }
        sql.append(" group by s.id order by s.host, s.kind, s.canonical limit ").append(MAX_SUBJECTS + 1);
        List<Asked.One> subjects = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int at = 0; at < values.size(); at++) {
                select.setArray(at + 1, values.get(at));
            }
            select.setFetchSize(AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Subject subject =
                            new Subject(rows.getString(2), rows.getString(3), JsonText.labels(rows.getString(4)));
                    Integer[] shapes = (Integer[]) rows.getArray(5).getArray();
                    subjects.add(new Asked.One(rows.getLong(1), subject, places.fieldsOf(shapes)));
                }
            }
        }
        if (subjects.size() > MAX_SUBJECTS) {
            throw new RangeTooWideException("more than " + MAX_SUBJECTS + " subjects match; name hosts or a kind");
        }
        return subjects;
    }

    private static Array pairs(Connection connection, Map.Entry<String, Set<String>> label) throws SQLException {
        return connection.createArrayOf(
                "jsonb",
                label.getValue().stream()
                        .map(value -> JsonText.of(Map.of(label.getKey(), value)))
                        .toArray());
    }

    private List<Series> read(
            Connection connection, HistoryRequest request, HistoryPlan plan, Asked asked, Places places, Instant now)
            throws SQLException {
        HistoryPlanner.Limits limits = planner.limits();
        SeriesList series =
                new SeriesList(asked.groups(), limits.mostSeries(), limits.mostPoints(plan, request.aggregate()));
        Array ids = connection.createArrayOf("int8", asked.ids());
        Array groupOfId = connection.createArrayOf("int4", asked.groupOfIds());
        OptionalDouble share = request.aggregate().share();
        if (share.isPresent() && plan.tier() != Tier.RAW) {
            new StoredPercentiles(plan, share.getAsDouble(), places).read(connection, ids, groupOfId, series);
        } else if (request.aggregate().isOfChanges()) {
            changes(connection, request, plan, ids, groupOfId, now, series);
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
            select.setFetchSize(AT_ONCE);
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

    private void changes(
            Connection connection,
            HistoryRequest request,
            HistoryPlan plan,
            Array ids,
            Array groups,
            Instant now,
            SeriesList series)
            throws SQLException {
        Array metrics = connection.createArrayOf("text", request.metrics().toArray());
        Array types = connection.createArrayOf(
                "int2",
                request.metrics().stream()
                        .map(metric -> (short) catalogue.type(metric).number())
                        .toArray());
        try (PreparedStatement select = connection.prepareStatement(RateSql.of(plan, request.aggregate()))) {
            RateSql.bind(select, plan, ids, groups, metrics, types, now);
            select.setFetchSize(AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    series.add(rows.getInt(1), rows.getString(2), rows.getLong(3), value(request.aggregate(), rows, 4));
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
