package io.peerscope.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A place in a YAML document; where there is nothing it is empty, and everything below it, too. */
record Node(@Nullable Object value) {

    static List<Node> documents(String text) {
        List<Node> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            if (document != null) {
                documents.add(new Node(document));
            }
        }
        return documents;
    }

    static List<Node> documents(Path file) {
        return documents(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path names with slashes between; numbers count in lists */
    Node at(String path) {
        Node node = this;
        for (String name : path.split("/")) {
            node = node.get(name);
        }
        return node;
    }

    Node get(String name) {
        if (value instanceof Map<?, ?> map) {
            return new Node(map.get(name));
        }
        if (value instanceof List<?> list && name.matches("\\d+") && Integer.parseInt(name) < list.size()) {
            return new Node(list.get(Integer.parseInt(name)));
        }
        return new Node(null);
    }

    boolean exists() {
        return value != null;
    }

    /** Empty where there is nothing. */
    String text() {
        return value == null ? "" : value.toString();
    }

    /** @throws IllegalStateException where there is no whole number */
    int number() {
        if (value instanceof Integer number) {
            return number;
        }
        throw new IllegalStateException("no number: " + value);
    }

    /** Elements of a list; none where it is none. */
    Stream<Node> elements() {
        return value instanceof List<?> list ? list.stream().map(Node::new) : Stream.empty();
    }

    /** Names and values of a map; none where it is none. */
    Stream<Map.Entry<String, Node>> entries() {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> Map.entry(String.valueOf(entry.getKey()), new Node(entry.getValue())))
                : Stream.empty();
    }

    List<String> texts() {
        return elements().map(Node::text).toList();
    }

    String kind() {
        return get("kind").text();
    }

    String name() {
        return at("metadata/name").text();
    }
}
