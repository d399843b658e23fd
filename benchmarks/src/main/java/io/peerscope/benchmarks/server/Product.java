package io.peerscope.benchmarks.server;

import static io.peerscope.benchmarks.server.Format.LINE;
import static io.peerscope.benchmarks.server.Format.REMOTE_WRITE;
import static io.peerscope.benchmarks.server.Format.REMOTE_WRITE_SMALL;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be started. */
public enum Product {
    PEERSCOPE("peerscope", EnumSet.allOf(Format.class)),
    VICTORIA_METRICS("victoria-metrics", EnumSet.of(REMOTE_WRITE, REMOTE_WRITE_SMALL, LINE)),
    PROMETHEUS("prometheus", EnumSet.of(REMOTE_WRITE, REMOTE_WRITE_SMALL)),
    INFLUXDB("influxdb", EnumSet.of(LINE));

    private final String word;
    private final Set<Format> formats;

    Product(String word, Set<Format> formats) {
        this.word = word;
        this.formats = formats;
    }

    public String word() {
        return word;
    }

    public boolean takes(Format format) {
        return formats.contains(format);
    }

    /** The name of its program. */
    String program() {
        return this == INFLUXDB ? "influxd" : word;
    }

    /** How to get it where it is missing. */
    public String remedy() {
        return "no %s on the PATH; install it (Debian: apt install %s) or name it with --%s FILE"
                .formatted(program(), word, word);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Product::word).toList();
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return word;
    }
}
