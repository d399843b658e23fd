package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.query.advice.Advice;
import io.peerscope.query.advice.AdviceBook;
import io.peerscope.query.advice.AdviceKind;
import io.peerscope.query.advice.AdviceState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AdviceTableTest {
    private static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    @RegisterExtension
    final FreshDatabase fresh = FreshDatabase.plain();

    private static Advice advice(AdviceState state, Instant madeAt) {
        return new Advice(
                "move_map:m:a:b",
                AdviceKind.MOVE_MAP,
                state,
                "m",
                "a",
                "b",
                null,
                List.of("p", "q"),
                "latency_ms",
                90,
                50,
                40,
                null,
                null,
                0.5,
                madeAt,
                null,
                null,
                false);
    }

    private static AdviceBook.Changes kept(Advice advice) {
        return new AdviceBook.Changes(List.of(advice), List.of());
    }

    @Test
    void adviceIsKeptUntilItIsTakenBackOrDecidedAndCountsInItsKind() throws SQLException {
        AdviceTable table = new AdviceTable(fresh.get());
        Advice open = advice(AdviceState.OPEN, T0);
        table.write(kept(open), T0);
        assertThat(table.live()).containsExactly(open);
        table.write(new AdviceBook.Changes(List.of(), List.of(open)), T0);
        assertThat(table.all()).isEmpty();

        table.write(kept(open), T0);
        table.write(kept(advice(AdviceState.REFUTED, T0)), T0);
        table.write(kept(advice(AdviceState.OPEN, T0.plusSeconds(60))), T0);
        assertThat(table.live()).hasSize(1);
        assertThat(table.all()).hasSize(2);
        assertThat(table.records().get(AdviceKind.MOVE_MAP)).isNotNull().satisfies(record -> {
            assertThat(record.refuted()).isEqualTo(1);
            assertThat(record.weight()).isEqualTo(0.5);
        });
        table.forget(T0.plusSeconds(1));
        assertThat(table.all()).hasSize(1);
    }
}
