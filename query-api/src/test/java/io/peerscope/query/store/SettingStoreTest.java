package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.foundation.security.Principal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What plain SQL sees of the settings. */
class SettingStoreTest {
    private static final Instant STARTED = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = STARTED.plusSeconds(60);

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.plain();

    private final Settings configured =
            Settings.of(Arrays.stream(Setting.values()).collect(Collectors.toMap(setting -> setting, Setting::max)));

    private Instant now = STARTED;
    private SettingStore store;

    @BeforeEach
    void start() {
        store = new SettingStore(fresh.get(), new AuditLog(fresh.get(), () -> now), () -> now);
        store.describe(configured);
    }

    private void change(Optional<Double> value) {
        store.change(
                new Principal(Role.ADMIN, "anna", "c1"),
                store.load(),
                Map.of(Setting.RETENTION_RAW, value),
                configured,
                (version, changes) -> {});
    }

    private Map<String, String> shown() throws SQLException {
        Map<String, String> shown = new LinkedHashMap<>();
        try (Connection connection = fresh.get().getConnection();
                Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select setting_name, setting_value, setting_default, updated_at"
                        + " from p2p_monitor_settings order by setting_id")) {
            while (rows.next()) {
                shown.put(
                        rows.getString(1),
                        "%s of %s at %s"
                                .formatted(
                                        rows.getString(2),
                                        rows.getString(3),
                                        rows.getTimestamp(4).toInstant()));
            }
        }
        return shown;
    }

    @Test
    void everySettingIsSeenWithWhatHolds() throws SQLException {
        assertThat(shown().keySet())
                .containsExactly(Arrays.stream(Setting.values())
                        .map(Setting::settingName)
                        .toArray(String[]::new));
        assertThat(shown()).containsEntry("retention.raw", "720 of 720 at " + STARTED);
        now = LATER;
        change(Optional.of(48.0));
        assertThat(shown())
                .containsEntry("retention.raw", "48 of 720 at " + LATER)
                .containsEntry("session.length", "720 of 720 at " + STARTED);
        change(Optional.empty());
        assertThat(shown()).containsEntry("retention.raw", "720 of 720 at " + LATER);
    }

    @Test
    void whatIsConfiguredIsFollowedAtTheNextStart() throws SQLException {
        now = LATER;
        store.describe(configured.with(Map.of(Setting.SESSION_LENGTH, 0.5)));
        assertThat(shown())
                .containsEntry("session.length", "0.5 of 0.5 at " + LATER)
                .containsEntry("retention.raw", "720 of 720 at " + STARTED);
    }
}
