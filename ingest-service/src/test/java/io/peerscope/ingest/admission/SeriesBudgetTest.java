package io.peerscope.ingest.admission;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static io.peerscope.ingest.admission.Drafts.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.problem.ErrorCode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesBudgetTest {
    private static final long HOUR = 3_600_000;

    private SeriesBudget budget = new SeriesBudget(new SeriesBudget.Limits(10, 25));
    private Admission admission = admission();
    private long now = NOW;

    private Admission admission() {
        return new Admission(MetricCatalogue.load(), new ClockSkew(10), Limits.standard(), budget);
    }

    private Verdict judge(Drafts drafts) {
        return admission.judge(drafts.draft(), new Sender.AnyHost(), now, "r");
    }

    /** A sample of each of these series of a host. */
    private Drafts series(String host, int from, int to) {
        Drafts drafts = batch().host(host);
        for (int i = from; i < to; i++) {
            drafts.point("map", List.of("map", "m" + i), now, List.of(), "f", i);
        }
        return drafts;
    }

    private int accepted(Drafts drafts) {
        return switch (judge(drafts)) {
            case Verdict.Admitted admitted -> admitted.accepted();
            case Verdict.Refused refused -> 0;
        };
    }

    @Test
    void whatIsNewBeyondTheBudgetIsRefusedBySampleAndWhatIsKnownLivesOn() {
        Verdict.Admitted first = (Verdict.Admitted) judge(series("h1", 0, 14));
        assertThat(first.accepted()).isEqualTo(10);
        assertThat(first.faults().byReason()).isEqualTo(Map.of(ErrorCode.CARDINALITY_EXCEEDED, 4));
        assertThat(accepted(series("h1", 0, 10))).isEqualTo(10);
        assertThat(accepted(series("h1", 10, 14))).isZero();
        assertThat(accepted(series("h2", 0, 10))).as("of another host").isEqualTo(10);
    }

    @Test
    void aFieldIsASeriesAndTheRestOfItsPointIsKept() {
        assertThat(accepted(series("h1", 0, 8))).isEqualTo(8);
        Verdict.Admitted mixed = (Verdict.Admitted) judge(batch().point(
                        "map", List.of("map", "m0"), now, List.of(), "f", 1, "a", 2, "b", 3, "c", 4, "d", Double.NaN));
        assertThat(mixed.accepted()).isEqualTo(3);
        assertThat(mixed.faults().byReason())
                .isEqualTo(Map.of(ErrorCode.CARDINALITY_EXCEEDED, 1, ErrorCode.BAD_VALUE, 1));
        assertThat(mixed.batch().points().getFirst().shape()).isEqualTo(Shape.sorted("a", "b", "f"));
        assertThat(mixed.faults().details().getLast().field()).isEqualTo("c");
    }

    @Test
    void nothingButNewSeriesIsNoReasonToTryAgain() {
        accepted(series("h1", 0, 10));
        Verdict.Refused refused = (Verdict.Refused) judge(series("h1", 10, 12));
        assertThat(refused.code()).isEqualTo(ErrorCode.CARDINALITY_EXCEEDED);
        assertThat(refused.code().status()).isEqualTo(400);
    }

    @Test
    void allHostsTogetherHaveABudgetToo() {
        assertThat(accepted(series("h1", 0, 10))).isEqualTo(10);
        assertThat(accepted(series("h2", 0, 10))).isEqualTo(10);
        assertThat(accepted(series("h3", 0, 10))).isEqualTo(5);
        assertThat(accepted(series("h1", 0, 10))).isEqualTo(10);
        assertThat(budget.active()).isEqualTo(25);
    }

    @Test
    void whatWasNotSeenForTwoHoursMakesRoom() {
        accepted(series("h1", 0, 10));
        now += HOUR;
        assertThat(accepted(series("h1", 0, 5))).isEqualTo(5);
        assertThat(accepted(series("h1", 10, 15))).as("all are still active").isZero();
        now += HOUR;
        assertThat(budget.active()).isEqualTo(10);
        assertThat(accepted(series("h1", 10, 20))).isEqualTo(5);
        assertThat(accepted(series("h1", 0, 5))).isEqualTo(5);
        now += 5 * HOUR;
        assertThat(accepted(series("h1", 100, 110))).isEqualTo(10);
        assertThat(budget.active()).isEqualTo(10);
    }

    @Test
    void aClockThatIsSetBackChangesNothing() {
        accepted(series("h1", 0, 10));
        now -= 10 * HOUR;
        assertThat(accepted(series("h1", 0, 11))).isEqualTo(10);
    }

    @Test
    void subjectsOfStatesAloneCount() {
        for (int i = 0; i < 12; i++) {
            judge(batch().point("map", List.of("map", "m" + i), now, List.of("map_status", "online")));
        }
        assertThat(budget.active()).isEqualTo(10);
        assertThat(judge(batch().point("map", List.of("map", "m11"), now, List.of("map_status", "online"))))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.CARDINALITY_EXCEEDED));
        Verdict.Refused both = (Verdict.Refused)
                judge(batch().point("map", List.of("map", "m11"), now, List.of("map_status", "online"), "f", 1));
        assertThat(both.faults().rejected()).isEqualTo(1);
    }

    @Test
    void combinationsOfFieldsAreBounded() {
        budget = new SeriesBudget(new SeriesBudget.Limits(50, 1000));
        admission = admission();
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Object[] fields = IntStream.range(0, 20)
                    .filter(f -> random.nextBoolean())
                    .boxed()
                    .flatMap(f -> List.<Object>of("f" + f, 1).stream())
                    .toArray();
            judge(batch().point(now - i, fields));
        }
        assertThat(budget.shapes()).isEqualTo(50);
        assertThat(budget.active()).isLessThanOrEqualTo(20);
    }

    @Test
    void aMillionLabelsOfOneHostTakeNoMemoryAndNothingFromOthers() {
        budget = new SeriesBudget(SeriesBudget.Limits.standard());
        budget.advance(now);
        Shape shape = Shape.sorted("f");
        boolean[] over = new boolean[1];
        Subject other = new Subject("quiet", "host", Labels.none());
        assertThat(budget.ask(other, shape, over)).isZero();
        long before = used();
        int let = 0;
        for (int i = 0; i < 1_000_000; i++) {
            over[0] = false;
            let += budget.ask(new Subject("h1", "map", Labels.of("map", "m" + i)), shape, over) == 0 ? 1 : 0;
        }
        assertThat(let).isEqualTo(5_000);
        assertThat(used() - before).as("bytes of heap").isLessThan(8 << 20);
        assertThat(budget.knows(other, shape)).isTrue();
        over[0] = false;
        assertThat(budget.ask(new Subject("quiet", "map", Labels.of("map", "new")), shape, over))
                .isZero();
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
