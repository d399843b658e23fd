package io.peerscope.testkit.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What a process says of its health. */
public final class Health implements AutoCloseable {
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    /** @throws IllegalStateException with the last answer and the process's last words, when time is up or it died */
    void awaitReady(ChildProcess process, URI address, Duration limit) {
        await(process, address.resolve("/q/health/ready"), limit);
    }

    /** As where it has all that it needs, but of a process that may lack it: that it lives is enough. */
    public void awaitLive(ChildProcess process, URI address, Duration limit) {
        await(process, address.resolve("/q/health/live"), limit);
    }

    private void await(ChildProcess process, URI question, Duration limit) {
        try {
            Awaitility.await(process.name() + " to be up")
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(ASK_EVERY)
                    .atMost(limit)
                    .until(() -> !process.isAlive() || isUp(question));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "%s was not up after %d s%n%s%n%s"
                            .formatted(process.name(), limit.toSeconds(), ask(question), process.lastLines(60)),
                    e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "%s ended while it was starting%n%s".formatted(process.name(), process.lastLines(60)));
        }
    }

    private boolean isUp(URI question) throws InterruptedException {
        try {
            return http.send(request(question), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String ask(URI question) {
        try {
            return http.send(request(question), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static HttpRequest request(URI question) {
        return HttpRequest.newBuilder(question).timeout(ANSWER_LIMIT).build();
    }

    @Override
    public void close() {
        http.close();
    }
}
