package io.peerscope.query.store;

import io.peerscope.contracts.point.Subject;
import io.peerscope.query.history.Breadth;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.HistoryPlan.Segment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The subjects that a question is about, and which of them make a line together. */
final class Asked {
    private final Grouping grouping;
    private final List<One> subjects;
    private final Map<Grouping.Key, Integer> groups = new LinkedHashMap<>();
    private final List<Integer> groupOf = new ArrayList<>();
    private final long since;

    /** @param fields those of the metrics asked for that it ever sent */
    record One(long id, Subject subject, Set<String> fields) {}

    /** @param since when the first of them was seen, epoch milliseconds */
    private Asked(Grouping grouping, List<One> subjects, long since) {
        this.grouping = grouping;
        this.subjects = List.copyOf(subjects);
        this.since = since;
        for (One each : subjects) {
            groupOf.add(groups.computeIfAbsent(grouping.key(each.subject()), key -> groups.size()));
        }
    }

    static Asked of(Grouping grouping, List<One> subjects) {
        return new Asked(grouping, subjects, Long.MIN_VALUE);
    }

    boolean isEmpty() {
        return subjects.isEmpty();
    }

    Long[] ids() {
        return subjects.stream().map(One::id).toArray(Long[]::new);
    }

    /** For each of {@link #ids} the place of its group in {@link #groups}. */
    Integer[] groupOfIds() {
        return groupOf.toArray(Integer[]::new);
    }

    List<Grouping.Key> groups() {
        return List.copyOf(groups.keySet());
    }

    Breadth breadth() {
        Map<Integer, Set<String>> lines = new HashMap<>();
        long values = 0;
        for (int at = 0; at < subjects.size(); at++) {
            Set<String> fields = subjects.get(at).fields();
            values += fields.size();
            lines.computeIfAbsent(groupOf.get(at), group -> new HashSet<>()).addAll(fields);
        }
        return new Breadth(values, lines.values().stream().mapToLong(Set::size).sum(), since);
    }

    /** Only those that sent something in that time: one row of each is looked for. */
    Asked alive(Connection connection, List<Segment> segments) throws SQLException {
        String first = segments.stream()
                .map(segment -> "(select r.time from " + segment.tier().table()
                        + " r where r.subject_id = u.id and r.time >= ? and r.time < ? order by r.time limit 1)")
                .collect(Collectors.joining(", "));
        Map<Long, Long> seen = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select id, first from (select u.id, coalesce("
                + first + ") as first from unnest(?) u(id)) s where first is not null")) {
            int at = 1;
            for (Segment segment : segments) {
                select.setTimestamp(at++, new Timestamp(segment.from()));
                select.setTimestamp(at++, new Timestamp(segment.to()));
            }
            select.setArray(at, connection.createArrayOf("int8", ids()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    seen.put(rows.getLong(1), rows.getTimestamp(2).getTime());
                }
            }
        }
        return new Asked(
                grouping,
                subjects.stream().filter(each -> seen.containsKey(each.id())).toList(),
                seen.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE));
    }
}
