package io.peerscope.query.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.query.control.InvalidDocumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsDocumentTest {
    private static final Settings CONFIGURED = Settings.of(
                    Arrays.stream(Setting.values()).collect(Collectors.toMap(Function.identity(), Setting::min)))
            .with(Map.of(
                    Setting.RETENTION_RAW, 24.0,
                    Setting.RETENTION_1M, 7.0,
                    Setting.RETENTION_1H, 30.0,
                    Setting.RETENTION_1D, 365.0,
                    Setting.FORGOTTEN_AFTER, 7.0));

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SettingsDocument read(String text) throws InvalidDocumentException {
        return SettingsDocument.read(json(text), SettingsState.UNCHANGED, CONFIGURED);
    }

    private static List<Problem.Detail> faults(String text) {
        InvalidDocumentException refused = catchThrowableOfType(InvalidDocumentException.class, () -> read(text));
        return refused.faults();
    }

    @Test
    void whatIsNamedIsChangedAndNullGoesBack() throws InvalidDocumentException {
        SettingsDocument document =
                read("{'version':3,'updated_by':'x','settings':{'retention.raw':48,'silence.factor':null}}");
        assertThat(document.changes())
                .isEqualTo(Map.of(Setting.RETENTION_RAW, Optional.of(48.0), Setting.SILENCE_FACTOR, Optional.empty()));
        assertThat(document.version()).hasValue(3);
        assertThat(document.differing(SettingsState.UNCHANGED, CONFIGURED)).containsOnlyKeys(Setting.RETENTION_RAW);
    }

    @Test
    void everyFaultIsNamedWithAWayOut() {
        List<Problem.Detail> faults = faults("{'x':1,'settings':{'retention.raw':'48','retention.rollup_1m':7.5,"
                + "'history.most_rows':1,'retention.rwa':1,'alert_thresholds':{}}}");
        assertThat(faults)
                .extracting(Problem.Detail::field)
                .containsExactly(
                        "x",
                        "settings.retention.raw",
                        "settings.retention.rollup_1m",
                        "settings.history.most_rows",
                        "settings.retention.rwa",
                        "settings.alert_thresholds");
        assertThat(faults.get(1).detail())
                .isEqualTo("must be a whole number from 1 to 720 h, or null for what is configured");
        assertThat(faults.get(4).detail()).contains("there are retention.raw,");
        assertThat(faults.get(5).detail()).contains("/api/v1/rules/import");
        assertThat(faults("[]")).extracting(Problem.Detail::field).containsExactly("settings");
    }

    @Test
    void aLongerTierIsKeptAtLeastAsLong() throws InvalidDocumentException {
        assertThat(faults("{'settings':{'retention.rollup_1h':5}}").getFirst().detail())
                .isEqualTo("retention.rollup_1m (7 d) must not be longer than retention.rollup_1h (5 d)");
        assertThat(read("{'settings':{'retention.rollup_1h':5,'retention.rollup_1m':4}}")
                        .changes())
                .hasSize(2);
        assertThat(faults("{'settings':{'hosts.forgotten_after':0.01,'hosts.left_after':1}}"))
                .hasSize(1);
    }
}
