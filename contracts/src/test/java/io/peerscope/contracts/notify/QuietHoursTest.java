package io.peerscope.contracts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours WORKING_NIGHTS =
            hours(List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(22, 0), LocalTime.of(7, 0));

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T21:59:59, false, Friday before",
        "2026-11-20T22:00:00, true, Friday",
        "2026-11-21T06:59:59, true, the night of Friday goes on",
        "2026-11-21T07:00:00, false, the end is exclusive",
        "2026-11-21T23:00:00, false, Saturday is none",
        "2026-11-23T06:00:00, false, the night before Monday is Sunday's",
        "2026-11-23T22:30:00, true, Monday"
    })
    void nights_belong_to_the_day_on_which_they_begin(String local, boolean quiet, String why) {
        assertThat(WORKING_NIGHTS.cover(
                        ZonedDateTime.parse(local + "+01:00[Europe/Berlin]").toInstant()))
                .as(why)
                .isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"2026-07-01T10:30:00Z, true", "2026-12-01T10:30:00Z, false", "2026-12-01T11:30:00Z, true"})
    void they_are_local_also_when_the_clocks_change(String utc, boolean quiet) {
        QuietHours noon = hours(List.of(), LocalTime.of(12, 0), LocalTime.of(13, 0));
        assertThat(noon.cover(Instant.parse(utc))).isEqualTo(quiet);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21T00:00:00Z", "2026-11-21T12:00:00Z"})
    void from_a_time_to_the_same_is_the_whole_day(String utc) {
        assertThat(hours(List.of(), LocalTime.NOON, LocalTime.NOON).cover(Instant.parse(utc)))
                .isTrue();
    }

    private static QuietHours hours(List<DayOfWeek> days, LocalTime from, LocalTime to) {
        return new QuietHours(BERLIN, days, from, to);
    }
}
