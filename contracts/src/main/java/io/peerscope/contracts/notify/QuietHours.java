package io.peerscope.contracts.notify;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * When somebody sleeps, in the local time of his place.
 *
 * @param weekdays on which they begin; empty: each day
 * @param to exclusive; not after {@code from}: it is that of the next day
 */
public record QuietHours(
        ZoneId timeZone,

        @JsonSerialize(contentConverter = Word.class)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_VALUES)
        List<DayOfWeek> weekdays,

        @JsonFormat(pattern = "HH:mm") LocalTime from,
        @JsonFormat(pattern = "HH:mm") LocalTime to) {

    boolean cover(Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, timeZone);
        LocalTime time = local.toLocalTime();
        DayOfWeek today = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return on(today) && !time.isBefore(from) && time.isBefore(to);
        }
        return on(today) && !time.isBefore(from) || on(today.minus(1)) && time.isBefore(to);
    }

    private boolean on(DayOfWeek day) {
        return weekdays.isEmpty() || weekdays.contains(day);
    }

    static final class Word extends StdConverter<DayOfWeek, String> {
        @Override
        public String convert(DayOfWeek day) {
            return day.name().toLowerCase(Locale.ROOT);
        }
    }
}
