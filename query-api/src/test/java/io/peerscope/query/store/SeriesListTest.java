package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerscope.contracts.point.Labels;
import io.peerscope.query.history.Grouping;
import io.peerscope.query.history.RangeTooWideException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesListTest {
    private static final List<Grouping.Key> GROUPS =
            Collections.nCopies(3_000, new Grouping.Key("h", "host", Labels.none()));

    @Test
    void anAnswerThatNoHeapShouldHoldIsRefused() {
        SeriesList series = new SeriesList(GROUPS, 2_000, 500_000);
        for (int point = 0; point < 500_000; point++) {
            series.add(point / 10_000, "cpu_usage", point, 1.0);
        }
        assertThat(series.list()).hasSize(50);
        assertThatThrownBy(() -> series.add(0, "cpu_usage", 500_000, 1.0))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining("500000")
                .hasMessageContaining("max_points");
    }

    @Test
    void soIsOneOfTooManyLines() {
        SeriesList series = new SeriesList(GROUPS, 2_000, 500_000);
        for (int line = 0; line < 2_000; line++) {
            series.add(line, "cpu_usage", 0, 1.0);
        }
        assertThatThrownBy(() -> series.add(2_000, "cpu_usage", 0, 1.0))
                .isInstanceOf(RangeTooWideException.class)
                .hasMessageContaining("2000 series");
    }
}
