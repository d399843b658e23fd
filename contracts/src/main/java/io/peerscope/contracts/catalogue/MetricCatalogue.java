package io.peerscope.contracts.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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
import org.jspecify.annotations.Nullable;

/** The known fields, from {@code metric-catalogue.yaml}. Immutable. Unknown fields are welcome, without bounds. */
public final class MetricCatalogue {
    private final Map<String, MetricDefinition> byName;
    private final Map<String, String> canonical;

    private MetricCatalogue(Map<String, MetricDefinition> byName) {
        this.byName = byName;
        this.canonical = new HashMap<>();
        byName.values().forEach(metric -> metric.aliases().forEach(alias -> {
            String other = canonical.putIfAbsent(alias, metric.name());
            if (other != null || byName.containsKey(alias)) {
                throw new IllegalStateException("alias " + alias + " of " + metric.name() + " is taken");
            }
        }));
    }

    public static MetricCatalogue load() {
        try (InputStream in = MetricCatalogue.class.getResourceAsStream("/metric-catalogue.yaml")) {
            if (in == null) {
                throw new IllegalStateException("metric-catalogue.yaml is not on the class path");
            }
            Map<String, MetricDefinition> byName = new LinkedHashMap<>();
            for (JsonNode entry : new YAMLMapper().readTree(in).path("metrics")) {
                MetricDefinition metric = definition(entry);
                if (byName.put(metric.name(), metric) != null) {
                    throw new IllegalStateException(metric.name() + " stands twice in the catalogue");
                }
            }
            return new MetricCatalogue(Collections.unmodifiableMap(byName));
        } catch (IOException e) {
            throw new UncheckedIOException("metric-catalogue.yaml cannot be read", e);
        }
    }

    /** The catalogue's name for a field that may be given by an alias; unknown names stay as they are. */
    public String canonicalName(String field) {
        return canonical.getOrDefault(field, field);
    }

    public Optional<MetricDefinition> find(String canonicalName) {
        return Optional.ofNullable(byName.get(canonicalName));
    }

    public Collection<MetricDefinition> all() {
        return byName.values();
    }

    private static MetricDefinition definition(JsonNode entry) {
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

    private static @Nullable Double bound(JsonNode node) {
        return node.isNumber() ? node.asDouble() : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(node -> texts.add(node.asText()));
        return List.copyOf(texts);
    }
}
