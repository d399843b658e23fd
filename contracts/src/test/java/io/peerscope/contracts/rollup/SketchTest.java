package io.peerscope.contracts.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.peerscope.contracts.point.MalformedRecordException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
    private final Random random = new Random(7);

    private static Sketch of(double... values) {
        return Sketch.ofKeys(Arrays.stream(values).mapToInt(Sketch::key).toArray(), values.length);
    }

    private void holds(DoubleSupplier values) {
        double[] all = new double[1001];
        Arrays.setAll(all, i -> values.getAsDouble());
        Sketch sketch = of(all);
        Arrays.sort(all);
        for (double share : new double[] {0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1}) {
            double exact = all[(int) (share * 1000)];
            assertThat(sketch.percentile(share))
                    .as("%s", share)
                    .isCloseTo(exact, within(Math.abs(exact) * (Sketch.RELATIVE_ERROR + 1e-9) + Sketch.SMALLEST));
        }
    }

    @Test
    void percentilesAreWithinTheErrorPromised() {
        holds(() -> random.nextDouble() * 100);
        holds(() -> Math.exp(random.nextGaussian() * 8));
        holds(() -> random.nextGaussian() * 1e6);
        holds(() -> random.nextInt(3) - 1.0);
        holds(() -> -random.nextDouble());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-12, 1e-9, 1, -1, 1e300, -1e300, Double.MAX_VALUE, Double.MIN_VALUE})
    void everyFiniteValueHasABucketOfItsOwnSize(double value) {
        double stands = Sketch.value(Sketch.key(value));

        assertThat(stands).isCloseTo(value, within(Math.abs(value) * (Sketch.RELATIVE_ERROR + 1e-9) + Sketch.SMALLEST));
    }

    @Test
    void theSketchOfPartsIsTheSketchOfAll() {
        double[] all = random.doubles(300, -50, 50).toArray();
        Sketch parts = Sketch.empty();
        Sketch.Sum sum = new Sketch.Sum();
        for (int i = 0; i < 300; i += 12) {
            Sketch part = of(Arrays.copyOfRange(all, i, i + 12));
            parts = parts.plus(part);
            sum.add(part);
        }
        assertThat(sum.sketch()).isEqualTo(parts);
        assertThat(parts).isEqualTo(of(all));
        assertThat(parts.count()).isEqualTo(300);
    }

    @Test
    void nothingHasNoPercentile() {
        assertThat(Sketch.empty().percentile(0.5)).isNaN();
    }

    @Test
    void bytesGiveBackWhatTheyWereMadeOf() {
        TreeMap<Integer, Sketch> byField = new TreeMap<>();
        byField.put(0, of(0, 0, 5, -3, 1e9));
        byField.put(7, of(1, 1, 1));

        assertThat(Sketches.decode(Sketches.encode(byField))).isEqualTo(byField);
        assertThat(Sketches.encode(new TreeMap<>())).isEmpty();
    }

    @Test
    void bytesThatAreNoSketchesAreRefused() {
        byte[] whole = Sketches.encode(new TreeMap<>(Map.of(3, of(1, 2, 3))));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Sketches.decode(cut)).isInstanceOf(MalformedRecordException.class);
        }
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[random.nextInt(12)];
            random.nextBytes(noise);
            try {
                Sketches.decode(noise);
            } catch (MalformedRecordException expected) {
                assertThat(expected).hasMessageContaining("sketch");
            }
        }
    }
}
