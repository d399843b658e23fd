package io.peerscope.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files beside the application: {@code broker/} (the broker's jars) and {@code agent/host-agent.jar}. */
record Distribution(Path root) {

    static Distribution find() {
        return new Distribution(Path.of(System.getProperty("peerscope.dist", "deploy/standalone/target")));
    }

    String brokerClasspath() throws IOException {
        Path folder = root.resolve("broker");
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder.toAbsolutePath() + " is missing; build with ./run");
        }
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .map(jar -> jar.toAbsolutePath().toString())
                    .sorted()
                    .collect(Collectors.joining(java.io.File.pathSeparator));
        }
    }

    Path agentJar() {
        return root.resolve("agent").resolve("host-agent.jar");
    }
}
