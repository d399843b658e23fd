package io.peerscope.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.simulator.Batch;
import io.peerscope.simulator.send.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadPlanTest {
    private static final Instant START = Instant.parse("2026-03-14T18:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LoadPlan plan = LoadPlan.of(3, 4, START);

    @Test
    void a_tick_is_one_batch_a_host_with_all_fields() {
        List<Batch> batches = plan.batches(2);
        assertThat(batches).hasSize(3).isEqualTo(plan.batches(2));
        assertThat(batches).allSatisfy(batch -> assertThat(batch.samples()).isEqualTo(4));
        assertThat(batches.getFirst().points().getFirst().timestamp()).isEqualTo(START.plusSeconds(10));
        assertThat(batches.getFirst().id())
                .isNotEqualTo(plan.batches(3).getFirst().id());
    }

    @Test
    void values_can_be_worked_out_again_and_added_exactly() {
        Map<String, Double> fields = plan.batches(1).get(2).points().getFirst().fields();
        assertThat(fields.get("load_03")).isEqualTo(LoadPlan.value("load-0002", "load_03", START.plusSeconds(5)));
        assertThat(plan.batchesUntil(500).flatMap(batch -> batch.points().stream()))
                .allSatisfy(point -> assertThat(point.fields().values())
                        .allSatisfy(value -> assertThat(value * 4 % 1).isZero()));
    }

    @Test
    void the_ledger_expects_what_was_acknowledged_once_and_nothing_else() {
        Ledger ledger = new Ledger();
        List<Batch> sent = plan.batchesUntil(24).toList();
        sent.forEach(batch -> ledger.enter(new Outcome.Accepted(batch, 1, 200, 4, 0, false)));
        ledger.enter(new Outcome.Accepted(sent.getFirst(), 1, 200, 0, 0, true));
        Batch lost = plan.batches(24).getFirst();
        ledger.enter(new Outcome.Unknown(lost, 3, 503, ""));

        assertThat(ledger.acknowledgedSamples()).isEqualTo(3 * 4 * 24);
        assertThat(ledger.notAcknowledged()).extracting(Outcome::batch).containsExactly(lost);
        Map<Ledger.Cell, Ledger.Sum> expected = ledger.expected(MINUTE);
        assertThat(expected).hasSize(3 * 4 * 2);
        double[] values = IntStream.range(0, 12)
                .mapToDouble(tick -> LoadPlan.value("load-0001", "load_02", plan.timeOf(tick)))
                .toArray();
        assertThat(expected.get(new Ledger.Cell("load-0001", "load_02", START.toEpochMilli())))
                .isEqualTo(new Ledger.Sum(
                        12,
                        Arrays.stream(values).sum(),
                        Arrays.stream(values).min().orElseThrow(),
                        Arrays.stream(values).max().orElseThrow(),
                        values[11],
                        plan.timeOf(11).toEpochMilli()));
    }
}
