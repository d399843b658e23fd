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
    void aPointHasItsFieldsInOrderAndAValueForEach() {
        Subject host = new Subject("h1", Subject.HOST, Labels.none());
        Point point = Point.of(host, 1, Map.of("player_count", 3.0, "cpu_usage", 1.0, "latency", 2.0));
        assertThat(point.shape()).isEqualTo(shape);
        assertThat(point.values()).containsExactly(1, 2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(host, 1, shape, new double[] {1, 2}, Map.of()));
    }
}
