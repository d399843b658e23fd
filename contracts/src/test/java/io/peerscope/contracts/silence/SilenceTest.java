package io.peerscope.contracts.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.Samples;
import io.peerscope.contracts.silence.Recurrence.Every;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Silence silence(String from, String to, @Nullable Recurrence recurring) {
        return new Silence(
                "s", Map.of("host", "h*"), Instant.parse(from), Instant.parse(to), recurring, "", "ada", Instant.EPOCH);
    }

    @Test
    void itsBeginningIsPartOfItAndItsEndIsNot() {
        Silence once = silence("2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z", null);
        assertThat(once.holds(once.from().minusMillis(1))).isFalse();
        assertThat(once.holds(once.from())).isTrue();
        assertThat(once.holds(once.to().minusMillis(1))).isTrue();
        assertThat(once.holds(once.to())).isFalse();
        assertThat(once.over(once.to().minusMillis(1))).isFalse();
        assertThat(once.over(once.to())).isTrue();
    }

    @Test
    void itCoversWhatItsMatchersMean() {
        Silence silence = silence("2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z", null);
        assertThat(silence.covers(Samples.alert())).isTrue();
        assertThat(Samples.silence().covers(Samples.alert())).isFalse();
    }

    /** The clocks in Berlin go from summer (UTC+2) to winter (UTC+1) on 25 October 2026 and back on 28 March 2027. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-23T19:59:59Z, false", // a second before it begins for the first time
        "2026-10-23T20:00:00Z, true",
        "2026-10-24T03:59:59Z, true", // over midnight
        "2026-10-24T04:00:00Z, false",
        "2026-10-22T21:00:00Z, false", // not the night before the first
        "2026-10-25T20:30:00Z, false", // in winter ten o'clock is an hour later
        "2026-10-25T21:00:00Z, true",
        "2026-10-26T04:30:00Z, true",
        "2026-10-26T05:00:00Z, false",
        "2027-07-01T20:00:00Z, true"
    })
    void everyNightIsTheLocalNight(Instant at, boolean holds) {
        Silence nightly =
                silence("2026-10-23T20:00:00Z", "2026-10-24T04:00:00Z", new Recurrence(Every.DAILY, BERLIN, null));
        assertThat(nightly.holds(at)).isEqualTo(holds);
        assertThat(nightly.over(at)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:30:00Z, true",
        "2026-11-22T10:30:00Z, false",
        "2026-11-28T10:30:00Z, true",
        "2026-12-05T10:30:00Z, true",
        "2026-12-12T10:30:00Z, false" // after its last time
    })
    void everyWeekUntilItIsOver(Instant at, boolean holds) {
        Instant until = Instant.parse("2026-12-12T00:00:00Z");
        Silence weekly = silence(
                "2026-11-21T10:00:00Z", "2026-11-21T11:00:00Z", new Recurrence(Every.WEEKLY, ZoneOffset.UTC, until));
        assertThat(weekly.holds(at)).isEqualTo(holds);
        assertThat(weekly.over(at)).isEqualTo(!at.isBefore(until));
    }

    /** 02:15 does not exist in Berlin on 28 March 2027; the clocks go from 02:00 to 03:00. */
    @ParameterizedTest
    @CsvSource({
        "2027-03-28T01:14:59Z, false",
        "2027-03-28T01:15:00Z, true", // 03:15
        "2027-03-28T01:59:59Z, true",
        "2027-03-28T02:00:00Z, false" // 04:00, as every night
    })
    void aTimeThatIsSkippedIsTakenLater(Instant at, boolean holds) {
        Silence nightly =
                silence("2027-03-26T01:15:00Z", "2027-03-26T03:00:00Z", new Recurrence(Every.DAILY, BERLIN, null));
        assertThat(nightly.holds(at)).isEqualTo(holds);
    }
}
