package io.peerscope.ingest.admission;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Layouts that were worked out before. Holds at most {@link #NAMES} names, of which a long one counts for several, and then
 * begins anew: who sends ever new names costs everybody a few microseconds, and no memory.
 */
final class Layouts {
    private static final int NAMES = 200_000;
    /** Characters that count for one name. */
    private static final int USUAL = 64;

    private final Dialect dialect;
    private final MetricCatalogue catalogue;
    private final ConcurrentHashMap<FieldNames, Layout> known = new ConcurrentHashMap<>();
    private final AtomicInteger held = new AtomicInteger();

    Layouts(Dialect dialect, MetricCatalogue catalogue) {
        this.dialect = dialect;
        this.catalogue = catalogue;
    }

    Layout of(FieldNames names) {
        Layout layout = known.get(names);
        if (layout != null) {
            return layout;
        }
        Layout made = Layout.of(names, dialect, catalogue);
        int weight = weight(names);
        if (weight > NAMES / 10) {
            return made;
        }
        if (held.addAndGet(weight) > NAMES) {
            known.clear();
            held.set(weight);
        }
        known.put(names, made);
        return made;
    }

    private static int weight(FieldNames names) {
        int weight = names.size();
        for (int i = 0; i < names.size(); i++) {
            weight += names.name(i).length() / USUAL;
        }
        return weight;
    }
}
