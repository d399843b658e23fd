package io.peerscope.query.control;

import io.peerscope.contracts.notify.QuietHours;
import io.peerscope.contracts.problem.ErrorCode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The quiet hours of a channel as people write them. */
final class QuietHoursDocument {
    private static final List<String> FIELDS = List.of("time_zone", "weekdays", "from", "to");
    private static final int MOST = 14;
    /** Seconds are not kept. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm[:'00']", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final DocumentFields channel;

    QuietHoursDocument(DocumentFields channel) {
        this.channel = channel;
    }

    List<QuietHours> read() {
        List<QuietHours> all = new ArrayList<>();
        for (DocumentFields one : channel.each("quiet_hours")) {
            one.allowOnly(FIELDS);
            all.add(new QuietHours(zone(one), weekdays(one), time(one, "from"), time(one, "to")));
        }
        if (all.size() > MOST) {
            channel.fault("quiet_hours", ErrorCode.BAD_PARAMETER, "at most " + MOST);
        }
        return all;
    }

    private static ZoneId zone(DocumentFields one) {
        try {
            return ZoneId.of(one.text("time_zone").orElse("UTC"));
        } catch (DateTimeException e) {
            one.fault("time_zone", ErrorCode.BAD_PARAMETER, "a time zone such as Europe/Berlin, or UTC");
            return ZoneOffset.UTC;
        }
    }

    private static List<DayOfWeek> weekdays(DocumentFields one) {
        List<DayOfWeek> days = new ArrayList<>();
        for (String word : one.texts("weekdays")) {
            try {
                days.add(DayOfWeek.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                one.fault("weekdays", ErrorCode.BAD_PARAMETER, "each must be one of monday to sunday");
            }
        }
        return days;
    }

    private static LocalTime time(DocumentFields one, String field) {
        Optional<String> text = one.text(field);
        try {
            return LocalTime.parse(text.orElse(""), TIME);
        } catch (DateTimeException e) {
            one.fault(
                    field,
                    text.isEmpty() ? ErrorCode.MISSING_FIELD : ErrorCode.BAD_PARAMETER,
                    "a time of day such as 22:00");
            return LocalTime.MIDNIGHT;
        }
    }
}
