package io.peerscope.cli.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of Peerscope's schema, those first that others refer to. Partitions and chunks are parts of their table. */
final class Tables {
    /** These have triggers that refuse any change of a row. */
    static final Set<String> APPEND_ONLY = Set.of("audit", "audit_chain", "setting_change");

    /** Those of the audit log, which are brought in by the database itself. */
    static final Set<String> AUDIT = Set.of("audit", "audit_chain");

    private static final String ALL = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition
              and c.relname <> 'flyway_schema_history'
            order by c.relname
            """;
    private static final String REFERENCES = """
            select a.relname, b.relname from pg_constraint k join pg_class a on a.oid = k.conrelid
            join pg_class b on b.oid = k.confrelid join pg_namespace n on n.oid = a.relnamespace
            where k.contype = 'f' and n.nspname = current_schema() and a.oid <> b.oid
            """;
    private static final String COLUMNS = """
            select quote_ident(attname) from pg_attribute
            where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum
            """;
    private static final String IDENTITIES = """
            select attname from pg_attribute where attrelid = ?::regclass and attnum > 0 and attidentity <> ''
            """;

    private Tables() {}

    /** Columns by table, without those that the database computes. */
    static Map<String, List<String>> of(Connection connection) throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (String table : inOrder(connection)) {
            tables.put(table, list(connection, COLUMNS, table));
        }
        return tables;
    }

    static List<String> identities(Connection connection, String table) throws SQLException {
        return list(connection, IDENTITIES, table);
    }

    static String schemaVersion(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version from flyway_schema_history where success"
                        + " and version is not null order by installed_rank desc limit 1")) {
            return row.next() ? row.getString(1) : "none";
        }
    }

    private static List<String> inOrder(Connection connection) throws SQLException {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(ALL)) {
                while (rows.next()) {
                    needs.put(rows.getString(1), new LinkedHashSet<>());
                }
            }
            try (ResultSet rows = statement.executeQuery(REFERENCES)) {
                while (rows.next()) {
                    String referred = rows.getString(2);
                    needs.computeIfPresent(rows.getString(1), (table, others) -> {
                        others.add(referred);
                        return others;
                    });
                }
            }
        }
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < needs.size()) {
            int before = ordered.size();
            needs.forEach((table, others) -> {
                if (ordered.containsAll(others)) {
                    ordered.add(table);
                }
            });
            if (ordered.size() == before) {
                ordered.addAll(needs.keySet()); // a circle: no order is right
            }
        }
        return List.copyOf(ordered);
    }

    private static List<String> list(Connection connection, String sql, String table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }
}
