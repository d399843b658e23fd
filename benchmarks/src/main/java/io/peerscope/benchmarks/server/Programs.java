package io.peerscope.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the programs of others are.
 *
 * @param named by the user; all others are looked for on the PATH
 */
public record Programs(Map<Product, Path> named) {
    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+\\S*)");

    public Optional<Path> find(Product product) {
        Path given = named.get(product);
        if (given != null) {
            return Optional.of(given.toAbsolutePath());
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder).resolve(product.program()).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** As it says itself; empty where it does not, as some builds of distributions. */
    static String version(Path program, Product product) {
        String question = product == Product.INFLUXDB ? "version" : "--version";
        try {
            Process process = new ProcessBuilder(program.toString(), question)
                    .redirectErrorStream(true)
                    .start();
            try (InputStream out = process.getInputStream()) {
                Matcher version = VERSION.matcher(new String(out.readAllBytes(), StandardCharsets.UTF_8));
                return version.find() ? version.group(1).replaceAll("[,)]$", "") : "";
            }
        } catch (IOException e) {
            throw new IllegalStateException(program + " does not run: " + e.getMessage(), e);
        }
    }
}
