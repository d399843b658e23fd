package io.peerscope.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the other programs lie.
 *
 * @param broker folder with the broker's jars
 * @param agentJar the agent, runnable
 */
record Distribution(Path broker, Path agentJar) {

    /** {@code peerscope.broker} and {@code peerscope.agent}, by default as a build in the source tree leaves them. */
    static Distribution find() {
        return new Distribution(
                Path.of(System.getProperty("peerscope.broker", "deploy/broker/target/lib")),
                Path.of(System.getProperty("peerscope.agent", "host-agent/target/host-agent.jar")));
    }

    String brokerClasspath() throws IOException {
        if (!Files.isDirectory(broker)) {
            throw new IOException(broker.toAbsolutePath() + " is missing; build with ./run");
        }
        try (Stream<Path> jars = Files.list(broker)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .map(jar -> jar.toAbsolutePath().toString())
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
