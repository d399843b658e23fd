package io.peerscope.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Three Kafka brokers, each in a JVM of its own and each a controller, too: one may go and writes to three replicas of
 * which two must confirm go on. For tests of just that; a broker that dies is not started again by itself.
 */
public final class EmbeddedKafkaCluster implements AutoCloseable {
    private static final int BROKERS = 3;

    private final KafkaOptions options;
    private final Quorum quorum = Quorum.of(BROKERS);
    /** That of node 1 first. */
    private final List<EmbeddedKafka> brokers;

    private EmbeddedKafkaCluster(KafkaOptions options) {
        this.options = options.withSupervised(false);
        // no controller is ready before it has met another
        List<CompletableFuture<EmbeddedKafka>> starting = new ArrayList<>();
        for (int node = 1; node <= BROKERS; node++) {
            int one = node;
            starting.add(CompletableFuture.supplyAsync(() -> launch(one, 0), Thread::startVirtualThread));
        }
        this.brokers = all(starting);
    }

    /**
     * Returns when all answer.
     *
     * @param options data and heap for each; the port is not heeded
     * @throws EmbeddedStartException when one cannot be started
     */
    public static EmbeddedKafkaCluster start(KafkaOptions options) {
        return new EmbeddedKafkaCluster(options);
    }

    private static List<EmbeddedKafka> all(List<CompletableFuture<EmbeddedKafka>> starting) {
        try {
            CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException failed) {
            starting.stream().filter(one -> !one.isCompletedExceptionally()).forEach(one -> one.join()
                    .close());
            throw new EmbeddedStartException("Not all of three Kafka brokers could be started", failed);
        }
        return new ArrayList<>(starting.stream().map(CompletableFuture::join).toList());
    }

    private EmbeddedKafka launch(int node, int port) {
        Path folder = options.dataDir().resolve("broker-" + node);
        KafkaOptions own = new KafkaOptions(
                folder,
                port,
                options.classpath(),
                options.heap(),
                options.progress(),
                options.supervised(),
                Optional.empty());
        return EmbeddedKafka.start(own, () -> quorum.as(node));
    }

    /** All three. */
    public String bootstrapServers() {
        return brokers.stream().map(EmbeddedKafka::bootstrapServers).collect(Collectors.joining(","));
    }

    /**
     * The process of a broker.
     *
     * @param node as Kafka names it: 1, 2 or 3
     */
    public ProcessHandle broker(int node) {
        return ProcessHandle.of(brokers.get(node - 1).pid())
                .orElseThrow(() -> new IllegalStateException("broker " + node + " is gone"));
    }

    /** Starts one that has died again, on its port and data; returns when it answers. */
    public void restart(int node) {
        EmbeddedKafka before = brokers.get(node - 1);
        before.close();
        brokers.set(node - 1, launch(node, before.port()));
    }

    @Override
    public void close() {
        brokers.parallelStream().forEach(EmbeddedKafka::close);
    }
}
