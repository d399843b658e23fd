package io.peerscope.ingest.otlp;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes as name, value, name, value …; of a name that stands twice the last value counts. */
final class Attributes {
    /**
     * What becomes a label of all that a resource sends. The others describe it, many of them anew after each start
     * ({@code service.instance.id}, {@code process.pid}), and would make every series begin again.
     */
    private static final Set<String> KEPT_OF_A_RESOURCE = Set.of("service.name", "service.namespace");

    private Attributes() {}

    static List<String> all(List<KeyValue> attributes) {
        List<String> pairs = new ArrayList<>(2 * attributes.size());
        texts(attributes).forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        return pairs;
    }

    static List<KeyValue> labelsOfResource(List<KeyValue> attributes) {
        return attributes.stream()
                .filter(attribute -> KEPT_OF_A_RESOURCE.contains(attribute.getKey()))
                .toList();
    }

    /** @param own win over those of the resource */
    static List<String> labels(List<KeyValue> ofResource, List<KeyValue> own) {
        if (ofResource.isEmpty()) {
            return all(own);
        }
        List<KeyValue> both = new ArrayList<>(ofResource);
        both.addAll(own);
        return all(both);
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(attributes.size());
        attributes.forEach(attribute -> texts.put(attribute.getKey(), AttributeText.of(attribute.getValue())));
        return texts;
    }
}
