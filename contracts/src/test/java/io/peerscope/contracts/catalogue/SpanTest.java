package io.peerscope.contracts.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
    @ParameterizedTest
    @CsvSource({
        "10000, ms, 10 s",
        "12345, ms, 12.3 s",
        "-90000, ms, -90 s",
        "119999, ms, 120 s",
        "120000, ms, 2 min",
        "120499.9, ms, 2 min",
        "200000, ms, 3 min 20 s",
        "599499, ms, 9 min 59 s",
        "599500, ms, 10 min",
        "3599999, ms, 1 h",
        "3600000, ms, 1 h",
        "-3600000, ms, -1 h",
        "5400000, ms, 1 h 30 min",
        "86400000, ms, 1 d",
        "187200000, ms, 2 d 4 h",
        "120, s, 2 min",
        "864000, s, 10 d",
        "867600, s, 10 d"
    })
    void long_times_are_told_in_larger_units(double value, String unit, String text) {
        assertThat(Span.of(value, unit)).contains(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, ms",
        "-9999, ms",
        "119, s",
        "-90, s",
        "3600000, percent",
        "3600000, ''",
        "3600000, epoch ms",
        "1e300, s"
    })
    void short_ones_and_what_is_no_time_stay_numbers(double value, String unit) {
        assertThat(Span.of(value, unit)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_no_number_is_no_time(double value) {
        assertThat(Span.of(value, "ms")).isEmpty();
    }
}
