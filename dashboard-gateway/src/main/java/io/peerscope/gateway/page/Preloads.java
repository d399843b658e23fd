package io.peerscope.gateway.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripts of a page, told with its document: a browser then fetches all of them at once, instead of learning of each from the
 * one before.
 */
final class Preloads {
    private static final String SCRIPT = "/static/bundle/[\\w./-]+\\.js";
    private static final Pattern ENTRY = Pattern.compile("src=\"(" + SCRIPT + ")\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\"(" + SCRIPT + ")\"");
    private static final Pattern PAGE = Pattern.compile("import\\(\"(/static/bundle/([a-z]+)-page-\\w+\\.js)\"\\)");

    private final Function<String, Optional<String>> files;
    private final Set<String> always = new LinkedHashSet<>();
    private final Map<String, String> links = new HashMap<>();

    /** @param files what the browser gets at an address */
    Preloads(String document, Function<String, Optional<String>> files) {
        this.files = files;
        files.apply(document)
                .ifPresent(text -> ENTRY.matcher(text).results().forEach(entry -> follow(entry.group(1), always)));
        for (String script : always) {
            PAGE.matcher(files.apply(script).orElse("")).results().forEach(page -> {
                Set<String> scripts = new LinkedHashSet<>(always);
                follow(page.group(1), scripts);
                links.put(page.group(2), link(scripts));
            });
        }
    }

    /** Of the files on the class path. */
    static Preloads bundled(String document) {
        return new Preloads(document, Preloads::read);
    }

    /**
     * @param page the word before {@code -page} in the name of its script
     * @return the value of a {@code Link} header; empty where nothing is known
     */
    String link(String page) {
        return links.getOrDefault(page, link(always));
    }

    private static String link(Set<String> scripts) {
        return scripts.stream()
                .map(script -> "<" + script + ">; rel=modulepreload")
                .collect(Collectors.joining(", "));
    }

    private void follow(String script, Set<String> found) {
        if (found.add(script)) {
            IMPORT.matcher(files.apply(script).orElse("")).results().forEach(each -> follow(each.group(1), found));
        }
    }

    private static Optional<String> read(String address) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream file = loader.getResourceAsStream("META-INF/resources" + address)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
