package io.peerscope.cli.kafka;

import io.peerscope.cli.Failure;
import io.peerscope.contracts.topic.Application;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.streams.BeginAnew;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** An application that begins without the state it had. */
public final class NewBeginning implements AutoCloseable {
    private final Admin admin;
    private final Application application;

    public NewBeginning(KafkaClients clients, Application application) {
        this.admin = clients.admin("cli-begin-anew");
        this.application = application;
    }

    public BeginAnew.Done run(Instant now) {
        BeginAnew anew = new BeginAnew(admin, application);
        try {
            int instances = anew.instances();
            if (instances > 0) {
                throw Failure.wrong(
                        "%d instances of %s are at work".formatted(instances, application.id()),
                        "Stop them all. Kafka takes one that was stopped for alive for another 15 seconds.");
            }
            return anew.run(now);
        } catch (ExecutionException e) {
            throw Kafka.failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.wrong("interrupted", "");
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
