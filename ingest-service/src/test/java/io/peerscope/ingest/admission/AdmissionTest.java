package io.peerscope.ingest.admission;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static io.peerscope.ingest.admission.Drafts.batch;
import static io.peerscope.ingest.admission.Drafts.pairs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Staleness;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.admission.Sender.AnyHost;
import io.peerscope.ingest.admission.Sender.OneHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {
    private static final Sender FLEET = new AnyHost();
    private static final Sender H1 = new OneHost("h1");
    private static final long DAY = Duration.ofHours(24).toMillis();

    private final Admission admission = new Admission(MetricCatalogue.load(), new ClockSkew(10), Limits.standard());

    private Verdict judge(Drafts drafts, Sender sender) {
        return admission.judge(drafts.draft(), sender, NOW, "r");
    }

    private Verdict.Admitted admitted(Drafts drafts) {
        return (Verdict.Admitted) judge(drafts, FLEET);
    }

    private static List<String> none() {
        return List.of();
    }

    static Stream<Arguments> faultsOfPoints() {
        String long65 = "x".repeat(65);
        String text257 = "ü".repeat(129);
        return Stream.of(
                of("a kind is a name", ErrorCode.BAD_NAME, "a b", none(), NOW, none()),
                of("a kind is not empty", ErrorCode.BAD_NAME, "", none(), NOW, none()),
                of("a kind has at most 64 characters", ErrorCode.BAD_NAME, long65, none(), NOW, none()),
                of("a label has a name", ErrorCode.BAD_NAME, "map", List.of("", "v"), NOW, none()),
                of("a label's name is a name", ErrorCode.BAD_NAME, "map", List.of("1st", "v"), NOW, none()),
                of("a label has at most 256 bytes", ErrorCode.BAD_VALUE, "map", List.of("a", text257), NOW, none()),
                of("a label has no NUL", ErrorCode.BAD_VALUE, "map", List.of("a", "x\0"), NOW, none()),
                of("a label is Unicode", ErrorCode.BAD_VALUE, "map", List.of("a", "\ud800"), NOW, none()),
                of("at most 8 labels", ErrorCode.BAD_PARAMETER, "map", pairs(9), NOW, none()),
                of("no other host in a label", ErrorCode.HOST_MISMATCH, "map", List.of("host", "h2"), NOW, none()),
                of("a state's name is a name", ErrorCode.BAD_NAME, "map", none(), NOW, List.of("ä", "v")),
                of("a state is not empty", ErrorCode.BAD_VALUE, "map", none(), NOW, List.of("s", "")),
                of("a state has at most 256 bytes", ErrorCode.BAD_VALUE, "map", none(), NOW, List.of("s", text257)),
                of(
                        "one name for a state",
                        ErrorCode.BAD_NAME,
                        "map",
                        none(),
                        NOW,
                        List.of("map_status", "online", "map_server_status", "offline")),
                of("at most 32 states", ErrorCode.BAD_PARAMETER, "map", none(), NOW, pairs(33)),
                of("a timestamp is a time", ErrorCode.BAD_TIMESTAMP, "map", none(), Draft.BAD_TIME, none()),
                of("nanoseconds are no milliseconds", ErrorCode.BAD_TIMESTAMP, "map", none(), NOW * 1000, none()),
                of("seconds are too old", ErrorCode.TOO_OLD, "map", none(), NOW / 1000, none()),
                of("older than raw storage holds", ErrorCode.TOO_OLD, "map", none(), NOW - DAY - 1, none()),
                of("more than a minute ahead", ErrorCode.TOO_NEW, "map", none(), NOW + 60_001, none()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfPoints")
    void aFaultyPointFallsWholeAndAlone(
            String rule, ErrorCode code, String kind, List<String> labels, long timestamp, List<String> states) {
        Verdict.Admitted verdict = admitted(
                batch().point(kind, labels, timestamp, states, "a", 1, "b", 2).point(NOW, "c", 3));

        assertThat(verdict.accepted()).isEqualTo(1);
        assertThat(verdict.faults().rejected()).isEqualTo(2);
        assertThat(verdict.faults().byReason()).isEqualTo(Map.of(code, 2));
        assertThat(verdict.faults().details())
                .singleElement()
                .extracting(Problem.Detail::index, Problem.Detail::code)
                .containsExactly(0, code.word());
        assertThat(verdict.batch().points()).hasSize(1);
    }

    static Stream<Arguments> rightPoints() {
        return Stream.of(
                of("any word is a kind", "my-kind.v2", none(), NOW),
                of("8 labels", "map", pairs(8), NOW),
                of("256 bytes of a label", "map", List.of("a", "ü".repeat(128)), NOW),
                of("emoji", "map", List.of("a", "🎮"), NOW),
                of("its own host in a label", "map", List.of("host", "h1"), NOW),
                of("just not too old", "map", none(), NOW - DAY),
                of("a second ahead", "map", none(), NOW + 1000),
                of("no timestamp", "map", none(), Draft.NO_TIME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rightPoints")
    void theLimitsThemselvesAreAllowed(String rule, String kind, List<String> labels, long timestamp) {
        assertThat(admitted(batch().point(kind, labels, timestamp, none(), "a", 1))
                        .faults()
                        .none())
                .isTrue();
    }

    static Stream<Arguments> faultsOfSamples() {
        return Stream.of(
                of("not a number", "x", Double.NaN, ErrorCode.BAD_VALUE),
                of("infinite", "x", Double.POSITIVE_INFINITY, ErrorCode.BAD_VALUE),
                of("infinite below", "x", Double.NEGATIVE_INFINITY, ErrorCode.BAD_VALUE),
                of("above the catalogue's range", "cpu_usage", 100.1, ErrorCode.BAD_VALUE),
                of("below it", "cpu_usage", -0.1, ErrorCode.BAD_VALUE),
                of("out of range under an alias", "cpu_percent", 101, ErrorCode.BAD_VALUE),
                of("a field's name is a name", "9lives", 1, ErrorCode.BAD_NAME),
                of("an empty name", "", 1, ErrorCode.BAD_NAME),
                of("a name with a space", "a b", 1, ErrorCode.BAD_NAME),
                of("a name beyond ASCII", "größe", 1, ErrorCode.BAD_NAME),
                of("a name of 65 characters", "x".repeat(65), 1, ErrorCode.BAD_NAME),
                of("a second name for a field", "memory_percent", 1, ErrorCode.BAD_NAME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfSamples")
    void aFaultyFieldFallsAlone(String rule, String field, double value, ErrorCode code) {
        Verdict.Admitted verdict = admitted(batch().point(NOW, "memory_usage", 7, field, value, "zeta", 8));

        assertThat(verdict.accepted()).isEqualTo(2);
        assertThat(verdict.faults().byReason()).isEqualTo(Map.of(code, 1));
        assertThat(verdict.faults().details()).extracting(Problem.Detail::index).containsExactly(0);
        assertThat(verdict.batch().points())
                .containsExactly(Point.of(
                        new Subject("h1", "host", Labels.none()), NOW, Map.of("memory_usage", 7.0, "zeta", 8.0)));
    }

    @Test
    void inFormatsOfOthersEveryNumberIsLegalAndKeepsItsBits() {
        long[] bits = {
            Staleness.BITS,
            Double.doubleToRawLongBits(Double.NaN),
            0xfff8000000000001L,
            Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
            Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        };
        Drafts drafts = batch().foreign();
        for (long each : bits) {
            drafts.point("x" + each, none(), NOW, none(), "f", Double.longBitsToDouble(each));
        }
        drafts.point(NOW, "cpu_usage", Staleness.MARKER);
        Verdict.Admitted verdict = admitted(drafts);

        assertThat(verdict.accepted()).isEqualTo(6);
        PointBatch travelled = PointBatchCodec.decode(PointBatchCodec.encode(verdict.batch()));
        for (int i = 0; i < bits.length; i++) {
            assertThat(Double.doubleToRawLongBits(travelled.points().get(i).values()[0]))
                    .isEqualTo(bits[i]);
        }
        assertThat(travelled.points().getLast().isEnd()).isTrue();
    }

    @Test
    void theCataloguesRangeHoldsInFormatsOfOthersToo() {
        Verdict.Admitted verdict = admitted(batch().foreign()
                .point(NOW, "cpu_usage", Double.POSITIVE_INFINITY, "memory_usage", 100.5, "free", -1e300));

        assertThat(verdict.accepted()).isEqualTo(1);
        assertThat(verdict.faults().byReason()).isEqualTo(Map.of(ErrorCode.BAD_VALUE, 2));
        assertThat(verdict.faults().details().getFirst().detail())
                .isEqualTo("cpu_usage must be a number from 0.0 to 100.0");
    }

    @Test
    void aliasesBecomeTheCataloguesNamesWhateverTheirOrder() {
        assertThat(admitted(batch().point(NOW, "zeta", 3, "cpu", 1, "memory", 2))
                        .batch()
                        .points())
                .containsExactly(Point.of(
                        new Subject("h1", "host", Labels.none()),
                        NOW,
                        Map.of("cpu_usage", 1.0, "memory_usage", 2.0, "zeta", 3.0)));
    }

    @Test
    void countsAreExactWhereTheListOfFaultsIsNot() {
        Drafts drafts = batch().point(NOW, "good", 1);
        for (int i = 0; i < 500; i++) {
            drafts.point(NOW, "bad", Double.NaN, "worse", Double.NaN);
        }
        Verdict.Admitted verdict = admitted(drafts);

        assertThat(verdict.faults().rejected()).isEqualTo(1000);
        assertThat(verdict.faults().details()).hasSize(Faults.DESCRIBED);
    }

    @Test
    void aPointOfStatesAloneIsKept() {
        Verdict.Admitted verdict = admitted(batch().point("map", none(), NOW, List.of("map_server_status", "online")));

        assertThat(verdict.accepted()).isZero();
        assertThat(verdict.batch().points()).singleElement().satisfies(point -> assertThat(point.states())
                .isEqualTo(Map.of("map_status", "online")));
    }

    @Test
    void aPointOfNothingIsAFaultWithoutSamples() {
        Verdict.Admitted verdict = admitted(batch().point(NOW).point(NOW, "a", 1));

        assertThat(verdict.faults().rejected()).isZero();
        assertThat(verdict.faults().details())
                .extracting(Problem.Detail::code)
                .containsExactly(ErrorCode.MISSING_FIELD.word());
    }

    @Test
    void moreFieldsThanARecordCouldHoldAreRefused() {
        Object[] fields = new Object[2 * (Limits.FIELDS + 1)];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "f" + i;
            fields[i + 1] = 1;
        }
        Verdict verdict = judge(batch().point(NOW, fields), FLEET);

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.BAD_PARAMETER);
            assertThat(refused.faults().rejected()).isEqualTo(Limits.FIELDS + 1);
        });
    }

    @Test
    void theSameSubjectAndTimeTwiceIsOnePointAndTheLaterValueCounts() {
        Verdict.Admitted verdict = admitted(
                batch().point("map", List.of("a", "1", "b", "2"), NOW, List.of("s", "old", "t", "x"), "f", 1, "g", 2)
                        .point("map", List.of("a", "1"), NOW, none(), "f", 5)
                        .point("map", List.of("b", "2", "a", "1"), NOW, List.of("s", "new"), "g", 3, "h", 4));

        Subject subject = new Subject("h1", "map", Labels.of(Map.of("a", "1", "b", "2")));
        assertThat(verdict.batch().points())
                .containsExactly(
                        Point.of(subject, NOW, Map.of("f", 1.0, "g", 3.0, "h", 4.0), Map.of("s", "new", "t", "x")),
                        Point.of(new Subject("h1", "map", Labels.of("a", "1")), NOW, Map.of("f", 5.0)));
        assertThat(verdict.accepted()).isEqualTo(5);
        assertThat(verdict.merged()).isEqualTo(1);
    }

    @Test
    void whatIsMergedIsNoLargerThanAPointMayBe() {
        Drafts drafts = batch();
        for (int i = 0; i <= Limits.FIELDS; i++) {
            drafts.point(NOW, "f" + i, 1, "bad", Double.NaN);
        }
        Verdict.Admitted verdict = admitted(drafts);

        assertThat(verdict.accepted()).isEqualTo(Limits.FIELDS);
        assertThat(verdict.batch().samples()).isEqualTo(Limits.FIELDS);
        assertThat(verdict.faults().byReason())
                .isEqualTo(Map.of(ErrorCode.BAD_VALUE, Limits.FIELDS + 1, ErrorCode.BAD_PARAMETER, 1));
    }

    @Test
    void labelsOfTheBatchAreTheHostsOwn() {
        PointBatch batch = admitted(batch().labels("region", "eu", "simulated", "true", "empty", "", "host", "h1")
                        .point(NOW, "a", 1)
                        .point("host", List.of("region", "us", "disk", "sda"), NOW, none(), "a", 1)
                        .point("map", none(), NOW, none(), "a", 1))
                .batch();

        assertThat(batch.simulated()).isTrue();
        assertThat(batch.points())
                .extracting(point -> point.subject().labels())
                .containsExactly(
                        Labels.of("region", "eu"), Labels.of(Map.of("region", "us", "disk", "sda")), Labels.none());
    }

    static Stream<Arguments> refusedBatches() {
        return Stream.of(
                of("nothing valid", ErrorCode.BAD_VALUE, FLEET, batch().point(NOW, "a", Double.NaN)),
                of("no host", ErrorCode.MISSING_FIELD, FLEET, batch().host("").point(NOW, "a", 1)),
                of("no points", ErrorCode.MISSING_FIELD, FLEET, batch()),
                of("not a host", ErrorCode.BAD_NAME, FLEET, batch().host("h 1").point(NOW, "a", 1)),
                of(
                        "a host too long",
                        ErrorCode.BAD_NAME,
                        FLEET,
                        batch().host("h".repeat(129)).point(NOW, "a", 1)),
                of(
                        "a batch id with NUL",
                        ErrorCode.BAD_PARAMETER,
                        FLEET,
                        batch().id("\0").point(NOW, "a", 1)),
                of(
                        "a host's label with a bad name",
                        ErrorCode.BAD_NAME,
                        FLEET,
                        batch().labels("ü", "1").point(NOW, "a", 1)),
                of(
                        "sent in nanoseconds",
                        ErrorCode.BAD_TIMESTAMP,
                        FLEET,
                        batch().sentAt(NOW * 1_000_000).point(NOW, "a", 1)),
                of(
                        "another host",
                        ErrorCode.HOST_MISMATCH,
                        H1,
                        batch().host("h2").point(NOW, "a", 1)),
                of(
                        "the host in other case",
                        ErrorCode.HOST_MISMATCH,
                        H1,
                        batch().host("H1").point(NOW, "a", 1)),
                of(
                        "a look-alike host",
                        ErrorCode.HOST_MISMATCH,
                        H1,
                        batch().host("һ1").point(NOW, "a", 1)),
                of(
                        "another host in the batch's labels",
                        ErrorCode.HOST_MISMATCH,
                        H1,
                        batch().labels("host", "h2").point(NOW, "a", 1)),
                of(
                        "another host in one point's labels",
                        ErrorCode.HOST_MISMATCH,
                        H1,
                        batch().point(NOW, "a", 1).point("map", List.of("host", "h2"), NOW, none(), "a", 1)),
                of(
                        "another host in a fleet's batch labels",
                        ErrorCode.HOST_MISMATCH,
                        FLEET,
                        batch().labels("host", "h2").point(NOW, "a", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedBatches")
    void aBatchThatIsWrongAsAWholeIsRefused(String rule, ErrorCode code, Sender sender, Drafts drafts) {
        assertThat(judge(drafts, sender)).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.faults().rejected()).isEqualTo(drafts.draft().samples());
        });
    }

    @Test
    void aHostsTokenSaysWhoTheHostIs() {
        Verdict.Admitted verdict = (Verdict.Admitted) judge(batch().host("").point(NOW, "a", 1), H1);

        assertThat(verdict.batch().host()).isEqualTo("h1");
    }

    @Test
    void tooManyPointsAreRefused() {
        Drafts drafts = batch();
        for (int i = 0; i <= 10_000; i++) {
            drafts.point(NOW - i, "a", 1);
        }
        assertThat(judge(drafts, FLEET))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.TOO_MANY_POINTS));
    }

    static Stream<Arguments> clocks() {
        long hour = Duration.ofHours(1).toMillis();
        long years = Duration.ofDays(3650).toMillis();
        return Stream.of(
                of("right, 40 ms on the way", -40, NOW - 5000, NOW - 5000),
                of("2 hours ahead", 2 * hour, NOW + 2 * hour - 5000, NOW - 5000),
                of("10 years ahead", years, NOW + years - 5000, NOW - 5000),
                of("half a second ahead is left alone", 500, NOW + 500, NOW + 500),
                of("1.4 seconds ahead is corrected by a whole one", 1400, NOW + 1400, NOW + 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void aClockThatIsAheadIsCorrectedAtOnce(String rule, long sent, long timestamp, long expected) {
        PointBatch batch =
                admitted(batch().sentAt(NOW + sent).point(timestamp, "a", 1)).batch();

        assertThat(batch.points().getFirst().timestamp()).isEqualTo(expected);
        assertThat(batch.skew()).isEqualTo(expected - timestamp);
    }

    @Test
    void withoutSentAtTheNewestTimestampShowsAClockThatIsAhead() {
        Verdict.Admitted verdict = admitted(batch().point(NOW + 30_000, "a", 1).point(NOW + 25_000, "a", 1));

        assertThat(verdict.batch().points()).extracting(Point::timestamp).containsExactly(MOVED, MOVED - 5000);
    }

    @Test
    void eventTimeNeverRunsMoreThanASecondAhead() {
        admitted(batch().sentAt(NOW).point(NOW, "a", 1));
        PointBatch batch =
                admitted(batch().sentAt(NOW).point(NOW + 50_000, "a", 1)).batch();

        assertThat(batch.points().getFirst().timestamp()).isEqualTo(MOVED);
        PointBatch within =
                admitted(batch().sentAt(NOW).point(NOW + 1000, "a", 1)).batch();
        assertThat(within.points().getFirst().timestamp()).isEqualTo(NOW + 1000);
    }

    /** Where the newest of a batch comes to lie that is ahead by whole seconds: beside true points. */
    private static final long MOVED = NOW - 137;

    private List<Long> times(Drafts drafts) {
        return admitted(drafts).batch().points().stream().map(Point::timestamp).toList();
    }

    @Test
    void aPointInTheFutureMakesNoTrueOneLate() {
        Drafts mixed = batch().point(NOW - 5000, "a", 1)
                .point(NOW + 30_000, "a", 2)
                .point("map", List.of("map", "m"), NOW, List.of(), "b", 3)
                .point("map", List.of("map", "n"), NOW + 20_000, List.of(), "b", 4);
        assertThat(times(mixed)).containsExactly(NOW - 5000, MOVED, NOW, MOVED - 10_000);
        for (int batch = 0; batch < 6; batch++) {
            assertThat(times(batch().point(NOW, "a", 1))).containsExactly(NOW);
        }
    }

    @Test
    void noneIsLostAndTheirOrderStays() {
        for (boolean saysWhen : new boolean[] {false, true}) {
            Drafts foretold = saysWhen ? batch().sentAt(NOW) : batch();
            for (int second = 0; second <= 30; second++) {
                foretold.point(NOW + 1000L * second, "a", second);
            }
            Verdict.Admitted verdict = admitted(foretold);
            assertThat(verdict.accepted()).isEqualTo(31);
            assertThat(verdict.batch().merged()).isZero();
            assertThat(verdict.batch().points())
                    .extracting(Point::timestamp)
                    .contains(NOW, MOVED - 28_000L)
                    .allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(NOW + 1000));
        }
    }

    @Test
    void whatIsForetoldInEveryBatchShiftsNothingElse() {
        for (int batch = 0; batch < 20; batch++) {
            Drafts forecast = batch().point(NOW, "a", 1)
                    .point("stream", List.of("stream", "tomorrow"), NOW + 30_000, List.of(), "b", batch);
            assertThat(times(forecast)).containsExactly(NOW, MOVED);
        }
    }

    @Test
    void aClockThatIsAheadIsKnownWhenFourBatchesInARowSayNothingElse() {
        Drafts ahead = batch().point(NOW + 30_000, "a", 1).point(NOW + 5_000, "a", 2);
        Drafts queued = batch().point(NOW - 10_000, "a", 3);
        for (int batch = 0; batch < 3; batch++) {
            assertThat(times(ahead)).containsExactly(MOVED, MOVED - 25_000);
            assertThat(times(queued)).as("nothing is known yet").containsExactly(NOW - 10_000);
        }
        for (int batch = 0; batch < 3; batch++) {
            times(ahead);
        }
        assertThat(times(ahead)).containsExactly(NOW, NOW - 25_000);
        assertThat(times(queued)).containsExactly(NOW - 40_000);
        assertThat(admitted(queued).batch().skew()).isEqualTo(-30_000);
        for (int batch = 0; batch < 4; batch++) {
            times(batch().point(NOW, "a", 4));
        }
        assertThat(times(queued)).as("the clock was set").containsExactly(NOW - 10_000);
    }

    @Test
    void whoSaysWhenItSentIsNotCorrectedTwice() {
        for (int batch = 0; batch < 5; batch++) {
            times(batch().point(NOW + 30_000, "a", 1));
        }
        assertThat(times(batch().sentAt(NOW + 30_000).point(NOW + 30_000, "a", 1)))
                .containsExactly(NOW);
        assertThat(times(batch().point(NOW + 30_000, "a", 1))).containsExactly(NOW);
    }

    @Test
    void whatWasQueuedForHoursKeepsItsTime() {
        PointBatch batch =
                admitted(batch().sentAt(NOW).point(NOW - 6 * 3_600_000, "a", 1)).batch();

        assertThat(batch.points().getFirst().timestamp()).isEqualTo(NOW - 6 * 3_600_000);
    }

    @Test
    void whatIsTooLargeToCountIsRefused() {
        Verdict.Admitted verdict = admitted(batch().point(NOW, "a", 1e290, "b", 1.1e290, "c", -1e300, "d", 5e-324));

        assertThat(verdict.accepted()).isEqualTo(2);
        assertThat(verdict.faults().details().getFirst().detail())
                .isEqualTo("b must be a finite number from -1.0E290 to 1.0E290");
        assertThat(admitted(batch().foreign().point(NOW, "a", 1.1e290)).accepted())
                .as("others may send what does not count")
                .isEqualTo(1);
    }

    @Test
    void howOldAPointMayBeChangesWhileItRuns() {
        Limits[] now = {Limits.standard()};
        Admission changing = new Admission(
                MetricCatalogue.load(),
                new ClockSkew(10),
                () -> now[0],
                new SeriesBudget(SeriesBudget.Limits.standard()));
        Drafts old = batch().point(NOW - 30 * DAY / 24, "a", 1);
        Drafts recent = batch().point(NOW - 5 * DAY / 24, "a", 1);
        assertThat(changing.judge(old.draft(), FLEET, NOW, "r")).isInstanceOf(Verdict.Refused.class);
        assertThat(changing.judge(recent.draft(), FLEET, NOW, "r")).isInstanceOf(Verdict.Admitted.class);

        now[0] = now[0].keepingRaw(Duration.ofHours(48));
        assertThat(changing.judge(old.draft(), FLEET, NOW, "r")).isInstanceOf(Verdict.Admitted.class);

        now[0] = now[0].keepingRaw(Duration.ofHours(1));
        assertThat(changing.judge(recent.draft(), FLEET, NOW, "r"))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.TOO_OLD));
    }
}
