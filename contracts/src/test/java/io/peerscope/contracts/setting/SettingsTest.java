package io.peerscope.contracts.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @ParameterizedTest
    @EnumSource
    void everySettingIsFoundByItsNameAndAllowsItsOwnRange(Setting setting) {
        assertThat(Setting.of(setting.settingName())).contains(setting);
        assertThat(setting.settingName()).matches("[a-z]+\\.[a-z0-9_]+").hasSizeLessThanOrEqualTo(64);
        assertThat(setting.description()).isNotBlank();
        assertThat(setting.min()).isLessThan(setting.max());
        assertThat(setting.allows(setting.min())).isTrue();
        assertThat(setting.allows(setting.max())).isTrue();
        assertThat(setting.allows(setting.max() + 1)).isFalse();
        assertThat(setting.allows(Double.NaN)).isFalse();
    }

    @Test
    void aTimeIsReadInTheUnitOfItsSetting() {
        Settings settings = Settings.of(Map.of(Setting.RETENTION_RAW, 24.0))
                .with(Map.of(Setting.SILENCE_GRACE, 5.0, Setting.LEFT_AFTER, 0.5, Setting.HISTORY_MOST_ROWS, 7.0));
        assertThat(settings.time(Setting.RETENTION_RAW)).isEqualTo(Duration.ofDays(1));
        assertThat(settings.time(Setting.SILENCE_GRACE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.time(Setting.LEFT_AFTER)).isEqualTo(Duration.ofMinutes(30));
        assertThat(Settings.inUnitOf(Setting.RETENTION_RAW, Duration.ofHours(36)))
                .isEqualTo(36);
        assertThatThrownBy(() -> settings.time(Setting.HISTORY_MOST_ROWS)).hasMessageContaining("is no time");
        assertThatThrownBy(() -> settings.number(Setting.RETENTION_1D)).hasMessageContaining("retention.rollup_1d");
    }
}
