package io.peerscope.benchmarks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code benchmarks/run browser} takes. */
@Command(
        name = "benchmarks/run browser",
        sortOptions = false,
        showDefaultValues = true,
        description = "The dashboard of a large network in a real Chromium: first view, scrolling, clicks, from POST to"
                + " pixel.")
final class BrowserOptions {
    @Option(names = "--hosts", paramLabel = "N", defaultValue = "2000", description = "That report every 10 s")
    private int hosts;

    @Option(names = "--alerts", paramLabel = "N", defaultValue = "10000", description = "Open, a multiple of --hosts")
    private int alerts;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Of reports, once all alerts are open, before anybody looks")
    private int warmUp;

    @Option(names = "--views", paramLabel = "N", defaultValue = "5", description = "First views")
    private int views;

    @Option(names = "--scroll", paramLabel = "SECONDS", defaultValue = "8", description = "On each page")
    private int scroll;

    @Option(names = "--clicks", paramLabel = "N", defaultValue = "8", description = "Of each kind")
    private int clicks;

    @Option(names = "--pixels", paramLabel = "N", defaultValue = "40", description = "Numbers from POST to pixel")
    private int pixels;

    @Option(
            names = "--restless",
            description = "Every value anywhere in its range each time: some 200 alerts fire or resolve a second")
    private boolean restless;

    @Option(names = "--profile", description = "Writes a CPU profile of each scrolled page to target/results")
    private boolean profile;

    @Option(names = "--chromium", paramLabel = "FILE", description = "Otherwise the one on the PATH")
    private Optional<Path> chromium = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "benchmarks/target/browser/data",
            description = "Emptied before and after")
    private Path data = Path.of("");

    @Option(names = "--help", usageHelp = true, description = "This")
    private boolean help;

    Optional<String> objection() {
        if (chromium().isEmpty()) {
            return Optional.of(
                    "there is no chromium on the PATH (Debian: apt install chromium); name one with --chromium");
        }
        if (hosts < 100 || alerts < hosts || alerts % hosts != 0) {
            return Optional.of("--hosts is at least 100, --alerts a multiple of it");
        }
        if (warmUp < 0) {
            return Optional.of("--warm-up is not negative");
        }
        return Stream.of(views, scroll, clicks, pixels).anyMatch(number -> number < 1)
                ? Optional.of("--views, --scroll, --clicks and --pixels are at least 1")
                : Optional.empty();
    }

    Optional<Path> chromium() {
        return chromium.or(
                () -> Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "chromium"))
                        .filter(Files::isExecutable)
                        .findFirst());
    }

    int hosts() {
        return hosts;
    }

    int alerts() {
        return alerts;
    }

    int warmUp() {
        return warmUp;
    }

    int views() {
        return views;
    }

    int scroll() {
        return scroll;
    }

    int clicks() {
        return clicks;
    }

    int pixels() {
        return pixels;
    }

    boolean restless() {
        return restless;
    }

    boolean profile() {
        return profile;
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** For the record. */
    Map<String, String> described() {
        return new TreeMap<>(Map.of(
                "hosts", Integer.toString(hosts),
                "warm-up", Integer.toString(warmUp),
                "alerts", Integer.toString(alerts),
                "views", Integer.toString(views),
                "scroll", Integer.toString(scroll),
                "clicks", Integer.toString(clicks),
                "pixels", Integer.toString(pixels),
                "restless", Boolean.toString(restless)));
    }
}
