package io.peerscope.contracts.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.peerscope.contracts.point.FieldType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The known fields and states, from {@code metric-catalogue.yaml}. Immutable. Unknown ones are welcome, without bounds.
 */
public final class MetricCatalogue {
    private static final String RESOURCE = "/metric-catalogue.yaml";

    private final Map<String, MetricDefinition> metrics;
    private final Map<String, StateDefinition> states;
    private final Map<String, String> canonicalMetrics = new HashMap<>();
    private final Map<String, String> canonicalStates = new HashMap<>();

    private MetricCatalogue(Map<String, MetricDefinition> metrics, Map<String, StateDefinition> states) {
        this.metrics = Collections.unmodifiableMap(metrics);
        this.states = Collections.unmodifiableMap(states);
        metrics.values().forEach(m -> register(m.name(), m.aliases(), metrics.keySet(), canonicalMetrics));
        states.values().forEach(s -> register(s.name(), s.aliases(), states.keySet(), canonicalStates));
    }

    /** The same one for everybody. */
    public static MetricCatalogue load() {
        return Shipped.CATALOGUE;
    }

    private static MetricCatalogue read() {
        try (InputStream in = MetricCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            JsonNode document = new YAMLMapper().readTree(in);
            return new MetricCatalogue(
                    byName(document.path("metrics"), MetricCatalogue::metric, MetricDefinition::name),
                    byName(document.path("states"), MetricCatalogue::state, StateDefinition::name));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
    }

    /** The catalogue's name for a field that may be given by an alias; unknown names stay as they are. */
    public String canonicalName(String field) {
        return canonicalMetrics.getOrDefault(field, field);
    }

    public Optional<MetricDefinition> find(String canonicalName) {
        return Optional.ofNullable(metrics.get(canonicalName));
    }

    /** What it says of the type of a field. */
    public FieldType type(String canonicalName) {
        MetricDefinition known = metrics.get(canonicalName);
        if (known == null) {
            return FieldType.UNKNOWN;
        }
        return switch (known.type()) {
            case GAUGE -> FieldType.GAUGE;
            case COUNTER -> FieldType.COUNTER;
        };
    }

    /** Whether roll-ups keep how the values of a field are distributed. */
    public boolean hasPercentiles(String canonicalName) {
        MetricDefinition known = metrics.get(canonicalName);
        return known != null && known.percentiles();
    }

    public Collection<MetricDefinition> all() {
        return metrics.values();
    }

    /** As {@link #canonicalName}, for states. */
    public String canonicalState(String state) {
        return canonicalStates.getOrDefault(state, state);
    }

    public Optional<StateDefinition> findState(String canonicalName) {
        return Optional.ofNullable(states.get(canonicalName));
    }

    public Collection<StateDefinition> allStates() {
        return states.values();
    }

    private static <D> Map<String, D> byName(JsonNode entries, Function<JsonNode, D> read, Function<D, String> nameOf) {
        Map<String, D> byName = new LinkedHashMap<>();
        for (JsonNode entry : entries) {
            D definition = read.apply(entry);
            if (byName.put(nameOf.apply(definition), definition) != null) {
                throw new IllegalStateException(nameOf.apply(definition) + " stands twice in the catalogue");
            }
        }
        return byName;
    }

    private static void register(
            String name, List<String> aliases, Set<String> canonical, Map<String, String> registered) {
        for (String alias : aliases) {
            if (canonical.contains(alias) || registered.putIfAbsent(alias, name) != null) {
                throw new IllegalStateException("alias " + alias + " of " + name + " is taken");
            }
        }
    }

    private static MetricDefinition metric(JsonNode entry) {
        return new MetricDefinition(
                entry.path("name").asText(),
                texts(entry.path("kinds")),
                entry.path("unit").asText(""),
                MetricDefinition.Type.valueOf(entry.path("type").asText("gauge").toUpperCase(Locale.ROOT)),
                bound(entry.path("min")),
                bound(entry.path("max")),
                texts(entry.path("aliases")),
                entry.path("percentiles").asBoolean(false),
                entry.path("description").asText());
    }

    private static StateDefinition state(JsonNode entry) {
        return new StateDefinition(
                entry.path("name").asText(),
                texts(entry.path("kinds")),
                texts(entry.path("values")),
                texts(entry.path("aliases")),
                entry.path("description").asText());
    }

    private static @Nullable Double bound(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return List.copyOf(texts);
    }

    /** Reading and checking it takes tens of milliseconds, so that is done once, when somebody asks. */
    private static final class Shipped {
        static final MetricCatalogue CATALOGUE = read();
    }
}
