package io.peerscope.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
    @Test
    void readsWhatItWrites() {
        Shape shape = Shape.parse("4x50");

        assertThat(shape).isEqualTo(new Shape(4, 50)).hasToString("4x50");
        assertThat(shape.samplesPerRequest()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "4x", "x50", "4*50", "0x50", "4x0", "-4x50", "99999x1"})
    void saysWhatIsWrong(String text) {
        assertThatThrownBy(() -> Shape.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
