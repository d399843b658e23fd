package io.peerscope.embedded;

import java.nio.file.Path;
import java.util.Map;
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
 * @param passage where some of the clients come in by another way
 */
public record KafkaOptions(
        Path dataDir,
        int port,
        Optional<String> classpath,
        String heap,
        Consumer<String> progress,
        boolean supervised,
        Optional<Passage> passage) {

    /**
     * A second listener on 127.0.0.1, for clients with something between them and the broker.
     *
     * @param port of the broker
     * @param told the port that its clients are told to go to: that of what stands between
     * @param settings of the broker, on top of ours or instead of them; the listener's name is {@code PASSAGE}
     */
    public record Passage(int port, int told, Map<String, String> settings) {
        /** A listener like the first. */
        public Passage(int port, int told) {
            this(port, told, Map.of());
        }
    }

    /** A supervised broker on a free port, with the default heap, silent. */
    public static KafkaOptions in(Path dataDir) {
        return new KafkaOptions(dataDir, 0, Optional.empty(), "-Xmx512m -Xms128m", line -> {}, true, Optional.empty());
    }

    public KafkaOptions withPort(int newPort) {
        return new KafkaOptions(dataDir, newPort, classpath, heap, progress, supervised, passage);
    }

    public KafkaOptions withClasspath(String newClasspath) {
        return new KafkaOptions(dataDir, port, Optional.of(newClasspath), heap, progress, supervised, passage);
    }

    public KafkaOptions withHeap(String newHeap) {
        return new KafkaOptions(dataDir, port, classpath, newHeap, progress, supervised, passage);
    }

    public KafkaOptions withProgress(Consumer<String> newProgress) {
        return new KafkaOptions(dataDir, port, classpath, heap, newProgress, supervised, passage);
    }

    public KafkaOptions withSupervised(boolean newSupervised) {
        return new KafkaOptions(dataDir, port, classpath, heap, progress, newSupervised, passage);
    }

    public KafkaOptions withPassage(Passage newPassage) {
        return new KafkaOptions(dataDir, port, classpath, heap, progress, supervised, Optional.of(newPassage));
    }
}
