package io.peerscope.query.setting;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.contracts.setting.Setting;
import io.peerscope.contracts.setting.Settings;
import io.peerscope.query.control.InvalidDocumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A change of settings as people write it: {@code {"settings":{"retention.raw":48,"silence.factor":null}}}. What is not
 * named stays, null returns to what is configured. A document that was read may be written back, so what only tells is
 * passed over. Reading collects every fault before it gives up.
 *
 * @param changes empty: back to what is configured
 * @param version which it is meant to change; empty: whatever is there
 */
public record SettingsDocument(Map<Setting, Optional<Double>> changes, OptionalLong version) {
    private static final List<String> FIELDS = List.of("settings", "version", "updated_at", "updated_by");

    /** What the first documents called settings and is something else here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "alert_thresholds", "thresholds are rules: POST /api/v1/rules/import takes them as they are",
            "notification_emails", "who is told is a channel of type email: POST /api/v1/channels",
            "discord_webhook", "that is a channel of type discord: POST /api/v1/channels",
            "monitoring_interval", "each sender decides how often it reports; for an agent it is its interval");

    /** Each is at most the one that follows. */
    private static final List<List<Setting>> ASCENDING = List.of(
            List.of(Setting.RETENTION_RAW, Setting.RETENTION_1M, Setting.RETENTION_1H, Setting.RETENTION_1D),
            List.of(Setting.LEFT_AFTER, Setting.FORGOTTEN_AFTER));

    /** @param configured what holds where nobody changed anything */
    public static SettingsDocument read(JsonNode document, SettingsState before, Settings configured)
            throws InvalidDocumentException {
        List<Problem.Detail> faults = new ArrayList<>();
        if (!document.isObject() || !document.path("settings").isObject()) {
            throw new InvalidDocumentException(List.of(Problem.Detail.of(
                    "settings", ErrorCode.MISSING_FIELD, "an object of settings and their values is needed")));
        }
        document.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                faults.add(Problem.Detail.of(
                        name, ErrorCode.UNKNOWN_FIELD, "no such field; settings stand in the object settings"));
            }
        });
        Map<Setting, Optional<Double>> changes = new EnumMap<>(Setting.class);
        document.path("settings")
                .properties()
                .forEach(entry -> change(entry.getKey(), entry.getValue(), changes, faults));
        JsonNode version = document.path("version");
        if (!version.isMissingNode() && !version.isNull() && !version.canConvertToLong()) {
            faults.add(Problem.Detail.of("version", ErrorCode.BAD_PARAMETER, "must be the number that was read"));
        }
        if (faults.isEmpty()) {
            together(changes, before, configured, faults);
        }
        if (!faults.isEmpty()) {
            throw new InvalidDocumentException(faults);
        }
        return new SettingsDocument(
                changes, version.isNumber() ? OptionalLong.of(version.asLong()) : OptionalLong.empty());
    }

    private static void change(
            String name, JsonNode value, Map<Setting, Optional<Double>> changes, List<Problem.Detail> faults) {
        String field = "settings." + name;
        Optional<Setting> known = Setting.of(name);
        if (known.isEmpty()) {
            String elsewhere = ELSEWHERE.get(name);
            faults.add(Problem.Detail.of(
                    field,
                    ErrorCode.UNKNOWN_FIELD,
                    elsewhere != null
                            ? elsewhere
                            : "no such setting; there are "
                                    + Arrays.stream(Setting.values())
                                            .map(Setting::settingName)
                                            .collect(Collectors.joining(", "))));
            return;
        }
        Setting setting = known.get();
        if (value.isNull()) {
            changes.put(setting, Optional.empty());
        } else if (!value.isNumber() || !setting.allows(value.asDouble())) {
            faults.add(Problem.Detail.of(field, ErrorCode.BAD_PARAMETER, wanted(setting)));
        } else {
            changes.put(setting, Optional.of(value.asDouble()));
        }
    }

    private static String wanted(Setting setting) {
        return "must be " + (setting.whole() ? "a whole number" : "a number") + " from " + shown(setting.min()) + " to "
                + shown(setting.max()) + (setting.unit().isEmpty() ? "" : " " + setting.unit())
                + ", or null for what is configured";
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static void together(
            Map<Setting, Optional<Double>> changes,
            SettingsState before,
            Settings configured,
            List<Problem.Detail> faults) {
        Settings after = applied(changes, before).on(configured);
        for (List<Setting> chain : ASCENDING) {
            for (int at = 1; at < chain.size(); at++) {
                Setting shorter = chain.get(at - 1);
                Setting longer = chain.get(at);
                if (after.time(shorter).compareTo(after.time(longer)) > 0) {
                    Setting named = changes.containsKey(longer) ? longer : shorter;
                    faults.add(Problem.Detail.of(
                            "settings." + named,
                            ErrorCode.BAD_PARAMETER,
                            "%s (%s %s) must not be longer than %s (%s %s)"
                                    .formatted(
                                            shorter,
                                            shown(after.number(shorter)),
                                            shorter.unit(),
                                            longer,
                                            shown(after.number(longer)),
                                            longer.unit())));
                }
            }
        }
        if (after.number(Setting.HISTORY_QUICK_ROWS) > after.number(Setting.HISTORY_MOST_ROWS)) {
            faults.add(Problem.Detail.of(
                    "settings." + Setting.HISTORY_QUICK_ROWS,
                    ErrorCode.BAD_PARAMETER,
                    "must not be more than " + Setting.HISTORY_MOST_ROWS));
        }
    }

    private static SettingsState applied(Map<Setting, Optional<Double>> changes, SettingsState before) {
        Map<Setting, Double> changed = new EnumMap<>(Setting.class);
        changed.putAll(before.changed());
        changes.forEach((setting, value) ->
                value.ifPresentOrElse(number -> changed.put(setting, number), () -> changed.remove(setting)));
        return new SettingsState(before.version(), changed, before.at(), before.who());
    }

    /** Only what makes a difference: a value that holds already is not made a change of its own. */
    public Map<Setting, Optional<Double>> differing(SettingsState before, Settings configured) {
        Settings now = before.on(configured);
        Map<Setting, Optional<Double>> differing = new EnumMap<>(Setting.class);
        changes.forEach((setting, value) -> {
            boolean same = value.isPresent()
                    ? value.get() == now.number(setting)
                    : !before.changed().containsKey(setting);
            if (!same) {
                differing.put(setting, value);
            }
        });
        return differing;
    }
}
