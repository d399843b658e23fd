package io.peerscope.ingest.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClockSkewTest {
    private final ClockSkew skew = new ClockSkew(3);

    /** Differences received − sent, in milliseconds, and the correction after the last. */
    static Stream<Arguments> histories() {
        return Stream.of(
                of("a right clock", new long[] {40, 60, 30}, 0),
                of("a slow network is no wrong clock", new long[] {1900, 1500, 1700, 1800, 1900}, 0),
                of("ahead, at once", new long[] {-7_200_000}, -7_200_000),
                of("ahead, with delays on the way", new long[] {-6900, -5000, -6000}, -7000),
                of("behind, only when four agree", new long[] {60_050, 60_100, 60_020}, 0),
                of("behind", new long[] {60_050, 60_100, 60_020, 60_900}, 60_000),
                of(
                        "queued batches are no slow clock",
                        LongStream.range(0, 50)
                                .map(i -> 6 * 3_600_000 - i * 5000)
                                .toArray(),
                        0),
                of("one wild time is forgotten", new long[] {-9_000_000_000L, 50, 40, 60, 55}, 0),
                of("set back from ahead", new long[] {-60_000, 40, 50, 60, 45}, 0),
                of("less than a second more changes nothing", new long[] {-7000, -7900}, -7000),
                of("a second more does", new long[] {-7000, -8000}, -8000),
                of("a drift back is followed", new long[] {-7000, -5900, -5900, -5900, -5900}, -6000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void theCorrectionFollowsTheSmallestDelay(String rule, long[] differences, long correction) {
        long last = 0;
        for (long difference : differences) {
            last = skew.observe("h", difference);
        }
        assertThat(last).isEqualTo(correction);
        assertThat(skew.correction("h")).isEqualTo(correction);
    }

    @Test
    void twoInstancesCorrectAlikeWhateverTheDelays() {
        ClockSkew other = new ClockSkew(3);

        assertThat(skew.observe("h", -59_990))
                .isEqualTo(other.observe("h", -59_700))
                .isEqualTo(-60_000);
    }

    /** What another instance found, a difference that comes first here, and the correction then. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sent again ten seconds later,      -30000,   -20000,   -30000",
        "sent again an hour later,          -30000,  3570000,   -30000",
        "behind is known at once,          7200000,  7200050,  7200000",
        "further ahead than was found,      -30000,   -45000,   -45000",
        "nothing was found,                      0,       50,        0",
        "a future that was moved aside alone, -30137,     50,        0"
    })
    void whatWasFoundElsewhereHoldsUntilItIsShownOtherwise(String rule, long told, long difference, long correction) {
        ClockSkew restarted = new ClockSkew(3, host -> told);

        assertThat(restarted.observe("h", difference)).isEqualTo(correction);
    }

    @Test
    void aClockThatWasSetRightMeanwhileIsFoundOut() {
        ClockSkew says = new ClockSkew(3, host -> -30_000);
        ClockSkew doesNotSay = new ClockSkew(3, host -> -30_000);
        assertThat(doesNotSay.correction("h")).isEqualTo(-30_000);

        for (int i = 0; i < 4; i++) {
            says.observe("h", 40);
            doesNotSay.observeNewest("h", 0, false);
        }
        assertThat(says.correction("h")).isZero();
        assertThat(doesNotSay.correction("h")).isZero();
    }

    @Test
    void whatLayInTheFutureAloneIsMovedAsideAsElsewhere() {
        ClockSkew restarted = new ClockSkew(3, host -> -30_137);

        assertThat(restarted.correction("h")).isZero();
        assertThat(restarted.correctionOfFuture("h")).isEqualTo(-30_137);
    }

    @Test
    void oneHostSaysNothingAboutAnother() {
        skew.observe("a", -7_200_000);

        assertThat(skew.correction("b")).isZero();
    }

    @Test
    void theHostsHeardOfLastAreRemembered() {
        skew.observe("a", -5000);
        for (String host : new String[] {"b", "c", "a", "d"}) {
            skew.observe(host, -5000);
        }
        assertThat(skew.correction("b")).isZero();
        assertThat(skew.correction("a")).isEqualTo(-5000);
    }
}
