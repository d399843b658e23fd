package io.peerscope.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes APT sources for one Debian release out of the sources a host uses for another: the same mirrors, the same keys.
 * Only the host's own Debian suites are taken over, of them only {@code main}.
 */
record AptSources(String hostRelease, String wantedRelease) {
    private static final Set<String> MOVING_NAMES = Set.of("stable", "oldstable", "oldoldstable", "testing");
    private static final Pattern SUITE = Pattern.compile("([a-z]+)(-updates|-security|/updates)?");
    private static final Pattern ONE_LINE =
            Pattern.compile("deb\\s+(?<options>\\[[^]]*]\\s+)?(?<uri>\\S+)\\s+(?<suite>\\S+)\\s+(?<components>.+)");

    /** For a file in the one-line format ({@code .list}); empty when nothing in it fits. */
    String fromLines(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .map(ONE_LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> List.of(line.group("components").split("\\s+")).contains("main"))
                .flatMap(line -> movedSuite(line.group("suite"))
                        .map(suite -> "deb %s%s %s main\n"
                                .formatted(
                                        Optional.ofNullable(line.group("options"))
                                                .orElse(""),
                                        line.group("uri"),
                                        suite))
                        .stream())
                .collect(Collectors.joining());
    }

    /** For a file in the deb822 format ({@code .sources}); empty when nothing in it fits. */
    String fromStanzas(String text) {
        return stanzas(text).stream()
                .flatMap(stanza -> moved(stanza).stream())
                .map(stanza -> stanza.entrySet().stream()
                        .map(field -> field.getKey() + ":" + field.getValue() + "\n")
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private Optional<Map<String, String>> moved(Map<String, String> stanza) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(stanza);
        String suites = words(fields, "Suites")
                .flatMap(suite -> movedSuite(suite).stream())
                .distinct()
                .collect(Collectors.joining(" "));
        boolean fits = !suites.isEmpty()
                && words(fields, "Types").anyMatch("deb"::equals)
                && words(fields, "Components").anyMatch("main"::equals)
                && words(fields, "Enabled").noneMatch("no"::equalsIgnoreCase);
        if (!fits) {
            return Optional.empty();
        }
        fields.put("Types", " deb");
        fields.put("Suites", " " + suites);
        fields.put("Components", " main");
        return Optional.of(fields);
    }

    private static Stream<String> words(Map<String, String> fields, String name) {
        return Stream.of(fields.getOrDefault(name, "").strip().split("\\s+")).filter(word -> !word.isEmpty());
    }

    private Optional<String> movedSuite(String suite) {
        Matcher parts = SUITE.matcher(suite);
        if (!parts.matches() || !(parts.group(1).equals(hostRelease) || MOVING_NAMES.contains(parts.group(1)))) {
            return Optional.empty();
        }
        String pocket = Optional.ofNullable(parts.group(2)).orElse("");
        return Optional.of(wantedRelease + (pocket.equals("/updates") ? "-security" : pocket));
    }

    /** Values keep their leading blank and their continuation lines: a key may be written out in one. */
    private static List<Map<String, String>> stanzas(String text) {
        List<Map<String, String>> stanzas = new ArrayList<>();
        Map<String, String> current = new LinkedHashMap<>();
        String field = "";
        for (String line : (text + "\n\n").lines().toList()) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                if (!current.isEmpty()) {
                    stanzas.add(current);
                }
                current = new LinkedHashMap<>();
                field = "";
            } else if (line.startsWith("#")) {
                continue;
            } else if (Character.isWhitespace(line.charAt(0))) {
                current.computeIfPresent(field, (name, value) -> value + "\n" + line);
            } else if (colon > 0) {
                field = line.substring(0, colon);
                current.put(field, line.substring(colon + 1));
            }
        }
        return stanzas;
    }
}
