package io.peerscope.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AlikeTest {
    @Test
    void nearNamesComeFirstAndStrangersNotAtAll() {
        List<String> known = List.of("memory_usage", "cpu_usage", "cpu_usage_total", "latency_ms", "h1", "h2", "h10");
        assertThat(Alike.to("cpu_usge", known)).containsExactly("cpu_usage");
        assertThat(Alike.to("CPU", known)).containsExactly("cpu_usage", "cpu_usage_total");
        assertThat(Alike.to("h3", known)).containsExactly("h1", "h2");
        assertThat(Alike.to("entirely_other", known)).isEmpty();
        assertThat(Alike.to("", known)).isEmpty();
    }
}
