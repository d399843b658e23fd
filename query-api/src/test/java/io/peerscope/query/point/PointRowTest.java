package io.peerscope.query.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Staleness;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointRowTest {
    private static PointRow row(Shape shape, Map<String, String> states, double... values) {
        return new PointRow(1, 1000, shape, values, states);
    }

    @Test
    void otherFieldsAreAddedAndTheNewerValueHolds() {
        PointRow before = row(Shape.sorted("a", "c"), Map.of("s", "old", "t", "kept"), 1, 3);
        PointRow after = before.mergedWith(row(Shape.sorted("b", "c"), Map.of("s", "new"), 2, 30));

        assertThat(after.shape()).isEqualTo(Shape.sorted("a", "b", "c"));
        assertThat(after.values()).containsExactly(1, 2, 30);
        assertThat(after.states()).isEqualTo(Map.of("s", "new", "t", "kept"));
    }

    @Test
    void theSameAgainIsTheSame() {
        PointRow before = row(Shape.sorted("a"), Map.of("s", "x"), 1);
        assertThat(before.mergedWith(row(Shape.sorted("a"), Map.of("s", "x"), 1))
                        .sameAs(before))
                .isTrue();
    }

    @Test
    void oneNaNIsNotAnother() {
        PointRow nan = row(Shape.sorted("a"), Map.of(), Double.NaN);
        PointRow end = row(Shape.sorted("a"), Map.of(), Staleness.MARKER);
        assertThat(nan.mergedWith(end).sameAs(nan)).isFalse();
        assertThat(end.mergedWith(end).sameAs(end)).isTrue();
    }

    @Test
    void aTypeThatIsKnownStaysKnown() {
        PointRow typed = row(Shape.typed(new String[] {"a"}, new byte[] {2}), Map.of(), 1);
        assertThat(typed.mergedWith(row(Shape.sorted("a", "b"), Map.of(), 1, 2)).shape())
                .isEqualTo(Shape.typed(new String[] {"a", "b"}, new byte[] {2, 0}));
    }
}
