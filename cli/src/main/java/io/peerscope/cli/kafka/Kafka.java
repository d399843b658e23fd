package io.peerscope.cli.kafka;

import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Answers of Kafka, or why there are none. */
final class Kafka {
    private Kafka() {}

    static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.wrong("interrupted", "");
        }
    }

    static Failure failure(Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return new Failure(
                    ExitCode.DENIED,
                    "Kafka refused: " + cause.getMessage(),
                    "--kafka-config FILE holds the credential; deploy/kubernetes/base/users.yaml shows how rights are given.");
        }
        if (cause instanceof KafkaException) {
            return new Failure(
                    ExitCode.UNREACHABLE,
                    "Kafka does not answer: " + cause.getMessage(),
                    "Is a broker running at --kafka, and does it advertise an address that is reachable from here?");
        }
        return Failure.wrong("Kafka: " + cause, "");
    }
}
