package io.peerscope.notify.message;

import io.peerscope.contracts.notify.Contributor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three with the largest values, or the smallest, of however many come by. */
final class Podium {
    static final int PLACES = 3;

    private final Comparator<Contributor> order;
    private final List<Contributor> places = new ArrayList<>(PLACES + 1);

    Podium(boolean smallestFirst) {
        Comparator<Contributor> byValue = Comparator.comparingDouble(Contributor::value);
        this.order = (smallestFirst ? byValue : byValue.reversed()).thenComparing(Contributor::name);
    }

    /** @param value null or no number: it has no part in it */
    void add(String kind, String name, String metric, @Nullable Double value) {
        if (value != null && Double.isFinite(value)) {
            places.add(new Contributor(kind, name, metric, value));
            places.sort(order);
            if (places.size() > PLACES) {
                places.removeLast();
            }
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    List<Contributor> places() {
        return List.copyOf(places);
    }
}
