package io.peerscope.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A single-node Kafka broker (KRaft, broker and controller in one) in a JVM of its own.
 *
 * <p>It listens on 127.0.0.1 only, creates no topics by itself, and keeps its data over restarts. It goes when
 * {@link #close()} is called and when this JVM dies, however it dies. What the broker has acknowledged survives the death
 * of any process; like every Kafka with one replica it trusts the operating system to write it to the disk, so a power
 * cut may take the last seconds.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final int port;
    private final Supervisor supervisor;
    private final DataDirOwner owner;

    private EmbeddedKafka(int port, Supervisor supervisor, DataDirOwner owner) {
        this.port = port;
        this.supervisor = supervisor;
        this.owner = owner;
    }

    /**
     * Starts the broker and returns when it answers; formats its storage when there is none.
     *
     * @throws EmbeddedStartException when it cannot be started; the message carries the broker's last log lines
     */
    public static EmbeddedKafka start(KafkaOptions options) {
        return start(options, Quorum::alone);
    }

    static EmbeddedKafka start(KafkaOptions options, Supplier<Quorum> quorum) {
        try {
            Path dataDir = Files.createDirectories(options.dataDir()).toRealPath();
            DataDirOwner owner = DataDirOwner.claim(dataDir, "Kafka");
            try {
                // first of all: the broker of an earlier run may still listen on the port that is wanted again
                BrokerLaunch.awaitOrphan(dataDir, options.progress());
                int port = FreePort.claim(options.port(), "Kafka", "--kafka-port");
                BrokerLaunch launch = BrokerLaunch.prepare(dataDir, port, quorum, options);
                Supervisor supervisor =
                        Supervisor.start("Kafka", launch::start, options.supervised(), options.progress());
                return new EmbeddedKafka(port, supervisor, owner);
            } catch (IOException | InterruptedException | RuntimeException failed) {
                owner.close();
                throw failed;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedStartException("Interrupted while Kafka was starting", e);
        } catch (IOException e) {
            throw new EmbeddedStartException("Kafka cannot use " + options.dataDir() + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Process id of the broker's JVM; another one after a supervised restart. */
    public long pid() {
        return supervisor.child().pid();
    }

    /** Stops the broker in order, and kills it when that takes too long. Idempotent. */
    @Override
    public void close() {
        supervisor.close();
        owner.close();
    }
}
