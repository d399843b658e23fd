package io.peerscope.simulator.wiring;

import io.peerscope.simulator.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a demo is started with.
 *
 * @param server where ingest is: scheme, host, port
 * @param token a fleet token
 */
public record DemoOptions(URI server, String token, int hosts, long seed, Duration interval) {
    static final String USAGE = """
            --url URL           where Peerscope is; http://127.0.0.1:8080
            --token-file FILE   holds a fleet token (required)
            --hosts N           how many hosts to make up; 24
            --seed N            another seed, another world; 7
            --interval SECONDS  between two batches of a host; 5
            --exit-with-parent  end when standard input ends""";
    private static final Set<String> VALUED = Set.of("--url", "--token-file", "--hosts", "--seed", "--interval");

    public static final int DEFAULT_HOSTS = 24;
    public static final long DEFAULT_SEED = 7;
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    static DemoOptions of(URI server, Path tokenFile, int hosts) {
        return new DemoOptions(server, token(tokenFile.toString()), hosts, DEFAULT_SEED, DEFAULT_INTERVAL);
    }

    public DemoOptions {
        if (hosts < 1 || hosts > World.MAX_HOSTS) {
            throw new IllegalArgumentException("hosts must be from 1 to " + World.MAX_HOSTS + ", was " + hosts);
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval must be positive, was " + interval);
        }
    }

    /** @throws IllegalArgumentException saying which argument is wrong */
    static DemoOptions parse(String... args) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--exit-with-parent")) {
                continue;
            }
            if (!VALUED.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("unknown or incomplete: " + args[i]);
            }
            values.put(args[i], args[++i]);
        }
        return new DemoOptions(
                URI.create(values.getOrDefault("--url", "http://127.0.0.1:8080")),
                token(values.getOrDefault("--token-file", "")),
                Integer.parseInt(values.getOrDefault("--hosts", "" + DEFAULT_HOSTS)),
                Long.parseLong(values.getOrDefault("--seed", "" + DEFAULT_SEED)),
                Duration.ofSeconds(
                        Long.parseLong(values.getOrDefault("--interval", "" + DEFAULT_INTERVAL.toSeconds()))));
    }

    private static String token(String file) {
        if (file.isEmpty()) {
            throw new IllegalArgumentException("--token-file is missing");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("--token-file cannot be read: " + e, e);
        }
    }

    @Override
    public String toString() {
        return hosts + " hosts of seed " + seed + " every " + interval.toMillis() / 1000.0 + " s to " + server;
    }
}
