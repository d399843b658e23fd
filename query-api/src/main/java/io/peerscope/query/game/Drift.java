package io.peerscope.query.game;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How far something is from what it was on average.
 *
 * @param of which map; "" where it is of the host as a whole
 * @param change now less usual
 * @param percent of usual; of nothing, 100 for each that is there
 */
public record Drift(String metric, String host, String of, double now, double usual, double change, double percent) {
    private static final double PERCENT = 100;

    /** @param map "" where it is of the host as a whole */
    public record Place(String host, String map) {}

    /** What drifted most, up or down, comes first; what is not there now, or was not before, is left out. */
    public static List<Drift> of(String metric, Map<Place, Double> now, Map<Place, Double> usual, int most) {
        List<Drift> drifts = new ArrayList<>();
        now.forEach((place, value) -> {
            Double before = usual.get(place);
            if (before != null) {
                double change = value - before;
                drifts.add(new Drift(
                        metric,
                        place.host(),
                        place.map(),
                        value,
                        before,
                        change,
                        PERCENT * change / Math.max(1, Math.abs(before))));
            }
        });
        drifts.sort(Comparator.comparingDouble((Drift drift) -> -Math.abs(drift.percent()))
                .thenComparing(Drift::host)
                .thenComparing(Drift::of));
        return List.copyOf(drifts.subList(0, Math.min(most, drifts.size())));
    }
}
