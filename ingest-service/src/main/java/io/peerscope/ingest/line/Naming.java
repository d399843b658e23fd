package io.peerscope.ingest.line;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.ingest.foreign.Kinds;
import java.util.function.Predicate;

/**
 * What a field of a measurement is called here: {@code <measurement>_<field>}; the bare field where the measurement is
 * {@code p2p} or a kind, unless only the long name is known; the bare measurement where that is known and the field is
 * called {@code value}, as by senders who have one field each.
 */
final class Naming {
    private static final String P2P = "p2p";
    private static final String VALUE = "value";

    private final MetricCatalogue catalogue;

    Naming(MetricCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    String field(String measurement, String key) {
        return name(measurement, key, this::isField);
    }

    String state(String measurement, String key) {
        return name(measurement, key, this::isState);
    }

    private static String name(String measurement, String key, Predicate<String> known) {
        String both = measurement + "_" + key;
        if (measurement.equals(P2P) || Kinds.isKind(measurement)) {
            return known.test(both) && !known.test(key) ? both : key;
        }
        return key.equals(VALUE) && known.test(measurement) && !known.test(both) ? measurement : both;
    }

    private boolean isField(String name) {
        return catalogue.find(catalogue.canonicalName(name)).isPresent();
    }

    private boolean isState(String name) {
        return catalogue.findState(catalogue.canonicalState(name)).isPresent();
    }
}
