package io.peerscope.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    private final Numbers numbers = new Numbers();

    private double read(String text) throws BadLineException {
        byte[] bytes = ("=" + text + ",7").getBytes(UTF_8);
        double value = numbers.read(bytes, 1, bytes.length);
        assertThat(numbers.end()).isEqualTo(bytes.length - 2);
        return value;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsWrittenIsReadToTheLastBit(long seed) throws BadLineException {
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isFinite(value)) {
                continue;
            }
            for (String text : new String[] {
                Double.toString(value),
                Double.toString(random.nextDouble() * 1000),
                Long.toString(random.nextLong() >> random.nextInt(64)),
                String.format(Locale.ROOT, "%." + random.nextInt(8) + "f", random.nextGaussian() * 1e6)
            }) {
                assertThat(Double.doubleToRawLongBits(read(text)))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
            }
        }
    }
}
