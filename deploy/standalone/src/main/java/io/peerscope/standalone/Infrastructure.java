package io.peerscope.standalone;

import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.PostgresOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The broker and the database of this installation; started side by side because each waits more than it works. */
record Infrastructure(EmbeddedKafka kafka, EmbeddedPostgres postgres) implements AutoCloseable {

    static Infrastructure start(Options options, Path data, Distribution distribution, Terminal terminal)
            throws IOException {
        KafkaOptions kafkaOptions = KafkaOptions.in(data.resolve("kafka"))
                .withPort(options.kafkaPort())
                .withClasspath(distribution.brokerClasspath())
                .withProgress(terminal::step);
        PostgresOptions postgresOptions = PostgresOptions.in(data.resolve("postgres"))
                .withPort(options.postgresPort())
                .withWanted(
                        options.plainPostgres()
                                ? PostgresOptions.Wanted.PLAIN
                                : PostgresOptions.Wanted.TIMESCALE_IF_AVAILABLE)
                .withProgress(terminal::step);
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(kafkaOptions));
        CompletableFuture<EmbeddedPostgres> postgres =
                CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(postgresOptions));
        try {
            return new Infrastructure(kafka.join(), postgres.join());
        } catch (CompletionException e) {
            closeStarted(kafka);
            closeStarted(postgres);
            throw e;
        }
    }

    private static void closeStarted(CompletableFuture<? extends AutoCloseable> part) {
        part.handle((started, failure) -> {
                    if (started != null) {
                        try {
                            started.close();
                        } catch (Exception e) {
                            throw new IllegalStateException("could not stop what had started", e);
                        }
                    }
                    return failure == null;
                })
                .join();
    }

    @Override
    public void close() {
        CompletableFuture<Void> broker = CompletableFuture.runAsync(kafka::close);
        postgres.close();
        broker.join();
    }
}
