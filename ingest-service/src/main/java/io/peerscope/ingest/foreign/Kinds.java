package io.peerscope.ingest.foreign;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.catalogue.MetricDefinition;
import io.peerscope.contracts.catalogue.StateDefinition;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.Optional;

/**
 * What kind of thing a field of a foreign format is measured of: what the label {@code kind} says; else what a telling
 * label says ({@code peer} of a connection, {@code map} of a map …), unless the catalogue knows the field and knows it
 * of other kinds only; else the host. {@code protocol} and {@code resource} tell of fields that the catalogue knows, no
 * others: exporters of all sorts have them on what they measure of their host.
 */
public final class Kinds {
    /** @param always also of a field that the catalogue does not know */
    private record Telling(String label, String kind, boolean always) {}

    private static final List<Telling> TELLING = List.of(
            new Telling("peer", Subject.CONNECTION, true),
            new Telling("map", Subject.MAP, true),
            new Telling("stream", Subject.STREAM, true),
            new Telling("session", "session", true),
            new Telling("protocol", "protocol", false),
            new Telling("resource", "resource", false));

    private final MetricCatalogue catalogue;

    public Kinds(MetricCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether a format that has a name for a group of fields means a kind by it. */
    public static boolean isKind(String word) {
        return word.equals(Subject.HOST)
                || TELLING.stream().anyMatch(telling -> telling.kind().equals(word));
    }

    /** @param field by any of its names */
    public String of(Origin origin, String field) {
        return of(origin, catalogue.find(catalogue.canonicalName(field)).map(MetricDefinition::kinds));
    }

    /** As {@link #of(Origin, String)}, for a state. */
    public String ofState(Origin origin, String state) {
        return of(origin, catalogue.findState(catalogue.canonicalState(state)).map(StateDefinition::kinds));
    }

    private static String of(Origin origin, Optional<List<String>> known) {
        if (!origin.kind().isEmpty()) {
            return origin.kind();
        }
        for (Telling telling : TELLING) {
            boolean possible =
                    known.map(kinds -> kinds.contains(telling.kind())).orElse(telling.always());
            if (possible && has(origin.labels(), telling.label())) {
                return telling.kind();
            }
        }
        return Subject.HOST;
    }

    private static boolean has(List<String> labels, String name) {
        for (int i = 0; i < labels.size(); i += 2) {
            if (labels.get(i).equals(name)) {
                return true;
            }
        }
        return false;
    }
}
