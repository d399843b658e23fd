package io.peerscope.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to run the embedded broker.
 *
 * @param dataDir where the broker keeps everything; made when missing, used again when present
 * @param port of 127.0.0.1; 0 takes a free one
 * @param classpath of the broker's JVM: kafka_2.13, all it depends on, and log4j-slf4j2-impl, without which it logs
 *     nothing; empty takes the jars of this JVM's own class path
 * @param heap heap options of the broker's JVM, separated by blanks
 * @param progress hears what happens, one line at a time, also from other threads
 * @param supervised whether a broker that dies is started again on the same port and data
 */
public record KafkaOptions(
        Path dataDir,
        int port,
        Optional<String> classpath,
        String heap,
        Consumer<String> progress,
        boolean supervised) {

    /** A supervised broker on a free port, with the default heap, silent. */
    public static KafkaOptions in(Path dataDir) {
        return new KafkaOptions(dataDir, 0, Optional.empty(), "-Xmx512m -Xms128m", line -> {}, true);
    }

    public KafkaOptions withPort(int newPort) {
        return new KafkaOptions(dataDir, newPort, classpath, heap, progress, supervised);
    }

    public KafkaOptions withClasspath(String newClasspath) {
        return new KafkaOptions(dataDir, port, Optional.of(newClasspath), heap, progress, supervised);
    }

    public KafkaOptions withHeap(String newHeap) {
        return new KafkaOptions(dataDir, port, classpath, newHeap, progress, supervised);
    }

    public KafkaOptions withProgress(Consumer<String> newProgress) {
        return new KafkaOptions(dataDir, port, classpath, heap, newProgress, supervised);
    }

    public KafkaOptions withSupervised(boolean newSupervised) {
        return new KafkaOptions(dataDir, port, classpath, heap, progress, newSupervised);
    }
}
