package io.peerscope.query.store;

import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.foundation.security.Principal;
import io.peerscope.query.setting.SettingsState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What people changed of the settings, with every change there was. */
public final class SettingStore {
    private static final long LOCK = 0x7065657273657474L;

    private static final String DESCRIBE = """
            insert into setting (name, position, unit, min, max, configured, since, description)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (name) do update set position = excluded.position, unit = excluded.unit, min = excluded.min,
              max = excluded.max, description = excluded.description, configured = excluded.configured,
              since = case when setting.configured = excluded.configured then setting.since else excluded.since end""";

    private final DataSource database;
    private final AuditLog audit;
    private final InstantSource clock;

    public SettingStore(DataSource database, AuditLog audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /** One change of one setting; null after it: back to what is configured. */
    public record Shown(
            long version,
            String name,
            double before,
            @Nullable Double after,
            Instant at,
            String who,
            String role) {}

    /** Tells other services; what it throws undoes the change. */
    @FunctionalInterface
    public interface Announcement {
        void make(long version, Map<Setting, Optional<Double>> changes);
    }

    /** Makes known which settings there are, and what is configured. */
    public void describe(Settings configured) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement upsert = connection.prepareStatement(DESCRIBE);
                    PreparedStatement delete =
                            connection.prepareStatement("delete from setting where not name = any(?)")) {
                List<String> names = new ArrayList<>();
                for (Setting setting : Setting.values()) {
                    names.add(setting.settingName());
                    upsert.setString(1, setting.settingName());
                    upsert.setInt(2, setting.ordinal() + 1);
                    upsert.setString(3, setting.unit());
                    upsert.setDouble(4, setting.min());
                    upsert.setDouble(5, setting.max());
                    upsert.setDouble(6, configured.number(setting));
                    upsert.setTimestamp(7, Timestamp.from(clock.instant()));
                    upsert.setString(8, setting.description());
                    upsert.addBatch();
                }
                upsert.executeBatch();
                delete.setArray(1, connection.createArrayOf("text", names.toArray()));
                delete.executeUpdate();
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    public SettingsState load() {
        try (Connection connection = database.getConnection()) {
            return load(connection);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static SettingsState load(Connection connection) throws SQLException {
        Map<Setting, Double> changed = new EnumMap<>(Setting.class);
        long version = 0;
        Instant at = null;
        String who = null;
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select distinct on (name) name, version, after, at, who"
                        + " from setting_change order by name, version desc")) {
            while (rows.next()) {
                double after = rows.getDouble(3);
                if (!rows.wasNull()) {
                    // a setting that was taken away, or narrowed, since it was changed
                    Setting.of(rows.getString(1))
                            .filter(setting -> setting.allows(after))
                            .ifPresent(setting -> changed.put(setting, after));
                }
                if (rows.getLong(2) > version) {
                    version = rows.getLong(2);
                    at = rows.getTimestamp(4).toInstant();
                    who = rows.getString(5);
                }
            }
        }
        return new SettingsState(version, changed, at, who);
    }

    /**
     * Changes settings, unless somebody did so since.
     *
     * @param since what the change was judged by
     * @throws SettingsChangedException where it is not what there is any more
     */
    public SettingsState change(
            Principal caller,
            SettingsState since,
            Map<Setting, Optional<Double>> changes,
            Settings configured,
            Announcement announcement) {
        Settings before = since.on(configured);
        List<AuditLog.Entry> entries = new ArrayList<>();
        changes.forEach((setting, value) -> entries.add(new AuditLog.Entry(
                "setting.change",
                setting.settingName(),
                before.number(setting),
                value.orElse(configured.number(setting)))));
        return audit.recordAll(caller, entries, connection -> {
            if (!locked(connection, since.version())) {
                throw new SettingsChangedException();
            }
            long version = since.version() + 1;
            insert(connection, caller, version, changes, before);
            announcement.make(version, changes);
            return load(connection);
        });
    }

    private static boolean locked(Connection connection, long version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            try (ResultSet row = statement.executeQuery("select coalesce(max(version), 0) from setting_change")) {
                return row.next() && row.getLong(1) == version;
            }
        }
    }

    private void insert(
            Connection connection,
            Principal caller,
            long version,
            Map<Setting, Optional<Double>> changes,
            Settings before)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into setting_change"
                + " (version, name, before, after, at, who, role) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (Map.Entry<Setting, Optional<Double>> change : changes.entrySet()) {
                insert.setLong(1, version);
                insert.setString(2, change.getKey().settingName());
                insert.setDouble(3, before.number(change.getKey()));
                if (change.getValue().isPresent()) {
                    insert.setDouble(4, change.getValue().get());
                } else {
                    insert.setNull(4, Types.DOUBLE);
                }
                insert.setTimestamp(5, Timestamp.from(clock.instant()));
                insert.setString(6, caller.name());
                insert.setString(7, caller.role().word());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Newest first. */
    public Page<Shown> history(Optional<String> name, int page, int pageSize) {
        return new Where()
                .and("name = ?", name)
                .page(database, "setting_change", "version desc, name", page, pageSize, SettingStore::shown);
    }

    private static Shown shown(ResultSet row) throws SQLException {
        double after = row.getDouble("after");
        boolean none = row.wasNull();
        return new Shown(
                row.getLong("version"),
                row.getString("name"),
                row.getDouble("before"),
                none ? null : (Double) after,
                row.getTimestamp("at").toInstant(),
                row.getString("who"),
                row.getString("role"));
    }
}
