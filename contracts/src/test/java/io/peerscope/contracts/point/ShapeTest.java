package io.peerscope.contracts.point;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private final Shape shape = Shape.sorted("cpu_usage", "latency", "player_count");

    @Test
    void findsFieldsByName() {
        assertThat(shape.indexOf("cpu_usage")).isZero();
        assertThat(shape.indexOf("player_count")).isEqualTo(2);
        assertThat(shape.indexOf("a")).isNegative();
        assertThat(shape.indexOf("d")).isNegative();
        assertThat(shape.indexOf("z")).isNegative();
        assertThat(Shape.sorted().indexOf("a")).isNegative();
    }

    @Test
    void equalsByContent() {
        assertThat(shape).isEqualTo(Shape.sorted("cpu_usage", "latency", "player_count"));
        assertThat(shape).hasSameHashCodeAs(Shape.sorted("cpu_usage", "latency", "player_count"));
        assertThat(shape).isNotEqualTo(Shape.sorted("cpu_usage", "latency"));
    }

    @Test
    void typesBelongToItAndNothingKnownIsTheSameAsNone() {
        Shape typed = Shape.typed(new String[] {"a", "b"}, new byte[] {FieldType.COUNTER.number(), 0});
        assertThat(typed.type(0)).isEqualTo(FieldType.COUNTER);
        assertThat(typed.type(1)).isEqualTo(FieldType.UNKNOWN);
        assertThat(typed).isNotEqualTo(Shape.sorted("a", "b"));
        assertThat(typed.hasFieldsOf(Shape.sorted("a", "b"))).isTrue();
        assertThat(typed).hasToString("[a COUNTER, b]");
        assertThat(Shape.typed(new String[] {"a"}, new byte[1])).isEqualTo(Shape.sorted("a"));
        assertThat(typed.only(0)).isEqualTo(Shape.typed(new String[] {"a"}, new byte[] {2}));
        assertThat(typed.only(1)).isEqualTo(Shape.sorted("b"));
        assertThat(typed.only()).isEqualTo(Shape.sorted());
    }

    @Test
    void putsFieldsAndTypesTogether() {
        Shape typed = Shape.typed(new String[] {"a", "c"}, new byte[] {2, 1});
        assertThat(typed.with(Shape.sorted("a"))).isSameAs(typed);
        assertThat(typed.with(Shape.sorted("b", "d")))
                .isEqualTo(Shape.typed(new String[] {"a", "b", "c", "d"}, new byte[] {2, 0, 1, 0}));
        assertThat(Shape.sorted("a", "b", "c").with(typed))
                .isEqualTo(Shape.typed(new String[] {"a", "b", "c"}, new byte[] {2, 0, 1}));
        assertThat(typed.with(Shape.typed(new String[] {"a"}, new byte[] {3})))
                .isEqualTo(Shape.typed(new String[] {"a", "c"}, new byte[] {3, 1}));
        assertThat(Shape.sorted().with(Shape.sorted())).isEqualTo(Shape.sorted());
    }

    @Test
    void aPointHasItsFieldsInOrderAndAValueForEach() {
        Subject host = new Subject("h1", Subject.HOST, Labels.none());
        Point point = Point.of(host, 1, Map.of("player_count", 3.0, "cpu_usage", 1.0, "latency", 2.0));
        assertThat(point.shape()).isEqualTo(shape);
        assertThat(point.values()).containsExactly(1, 2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(host, 1, shape, new double[] {1, 2}, Map.of()));
    }
}
