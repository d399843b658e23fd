package io.peerscope.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Renders a folder as {@code kubectl kustomize} does, as far as ours need it: resources, a namespace, patches (merged by
 * name, or JSON patches that replace), and images. Where kubectl is installed a test compares both.
 */
final class Overlay {
    private final List<Map<String, Object>> objects = new ArrayList<>();

    private Overlay(Path folder) {
        Node kustomization =
                Node.documents(folder.resolve("kustomization.yaml")).getFirst();
        for (String resource : kustomization.get("resources").texts()) {
            Path path = folder.resolve(resource).normalize();
            if (Files.isDirectory(path)) {
                objects.addAll(new Overlay(path).objects);
            } else {
                Node.documents(path).forEach(document -> objects.add(map(document)));
            }
        }
        kustomization.get("patches").elements().forEach(patch -> patch(folder, patch));
        if (kustomization.get("namespace").exists()) {
            String namespace = kustomization.get("namespace").text();
            objects.stream()
                    .filter(object -> !"Namespace".equals(object.get("kind")))
                    .forEach(object -> child(object, "metadata").put("namespace", namespace));
        }
        kustomization.get("images").elements().forEach(this::image);
    }

    static List<Node> render(Path folder) {
        return new Overlay(folder).objects.stream().map(Node::new).toList();
    }

    private void patch(Path folder, Node patch) {
        if (patch.get("path").exists()) {
            for (Node document : Node.documents(folder.resolve(patch.get("path").text()))) {
                merge(object(document.kind(), document.name()), map(document));
            }
            return;
        }
        String kind = patch.at("target/kind").text();
        for (Node operation :
                Node.documents(patch.get("patch").text()).getFirst().elements().toList()) {
            if (!operation.get("op").text().equals("replace")) {
                throw new IllegalStateException("only replace is known: " + operation);
            }
            List<Map<String, Object>> targets = objects.stream()
                    .filter(object -> kind.equals(object.get("kind")))
                    .toList();
            targets.forEach(target -> replace(target, operation));
        }
    }

    private Map<String, Object> object(String kind, String name) {
        return objects.stream()
                .filter(object -> new Node(object).kind().equals(kind)
                        && new Node(object).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing to patch: " + kind + " " + name));
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((name, value) -> {
            if (value instanceof Map<?, ?> more && into.get(name) instanceof Map<?, ?> before) {
                merge((Map<String, Object>) before, (Map<String, Object>) more);
            } else {
                into.put(name, value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static void replace(Map<String, Object> object, Node operation) {
        String[] path = operation.get("path").text().substring(1).split("/");
        Object place = object;
        for (int i = 0; i < path.length - 1; i++) {
            place = Optional.ofNullable(new Node(place).get(path[i]).value())
                    .orElseThrow(() -> new IllegalStateException("no place to replace: " + operation));
        }
        ((Map<String, Object>) place)
                .put(path[path.length - 1], operation.get("value").value());
    }

    private void image(Node image) {
        for (Map<String, Object> object : objects) {
            new Node(object)
                    .at("spec/template/spec/containers")
                    .elements()
                    .filter(container -> container
                            .get("image")
                            .text()
                            .startsWith(image.get("name").text() + ":"))
                    .forEach(container -> map(container)
                            .put(
                                    "image",
                                    image.get("newName").text() + ":"
                                            + image.get("newTag").text()));
        }
    }

    private static Map<String, Object> child(Map<String, Object> object, String name) {
        return map(new Node(object.computeIfAbsent(name, missing -> new LinkedHashMap<>())));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Node node) {
        if (node.value() instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalStateException("no map: " + node);
    }
}
