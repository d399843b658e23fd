package io.peerscope.aggregate.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.window.ReferenceWindows.Sums;
import io.peerscope.aggregate.window.ReferenceWindows.Window;
import io.peerscope.contracts.rollup.RollupBatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads roll-ups as the database's keeper does, and holds them to the reference. */
public final class Reconciliation {
    private static final Set<String> CONCLUDED = Set.of("link", "peers");

    private final Map<Window, Map<String, Sums>> rolledUp = new HashMap<>();
    private final Set<Window> late = new HashSet<>();

    public void read(RollupBatch batch) {
        batch.rollups().forEach(rollup -> {
            if (CONCLUDED.contains(rollup.subject().kind())) {
                return; // of no sample
            }
            Window window = new Window(rollup.subject(), rollup.start());
            assertThat(late)
                    .as("a roll-up would overwrite what a notice announced")
                    .doesNotContain(window);
            assertThat(rolledUp.put(window, ReferenceWindows.of(rollup)))
                    .as("%s closes once", window)
                    .isNull();
        });
        batch.late().forEach(notice -> late.add(new Window(notice.subject(), notice.start())));
        assertThat(batch.sourceOffset() >= 0).isEqualTo(!batch.late().isEmpty());
    }

    /** Every window is rolled up to the last bit or left to the raw points by a notice. */
    public void assertEquals(ReferenceWindows reference) {
        Map<Window, Map<String, Sums>> truth = reference.truth();
        Map<Window, Map<String, Sums>> seen = new HashMap<>(rolledUp);
        late.forEach(window -> {
            assertThat(reference.touched()).as("of %s", window).contains(window);
            seen.remove(window);
            if (truth.containsKey(window)) {
                seen.put(window, truth.get(window));
            }
        });
        assertThat(seen).isEqualTo(truth);
    }

    /** Windows of the reference that neither a roll-up nor a notice was seen of, one a line. */
    public String missing(ReferenceWindows reference) {
        return reference.truth().keySet().stream()
                .filter(window -> !rolledUp.containsKey(window) && !late.contains(window))
                .map(Window::toString)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    public int windows() {
        return rolledUp.size();
    }

    public int late() {
        return late.size();
    }

    public Map<Window, Map<String, Sums>> rolledUp() {
        return rolledUp;
    }
}
