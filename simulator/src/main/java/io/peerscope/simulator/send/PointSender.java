package io.peerscope.simulator.send;

import io.peerscope.simulator.Batch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * Sends batches to ingest, several at a time, and goes on with the same batch id until it has an answer that is final or
 * its time is up. Thread-safe.
 */
public final class PointSender implements AutoCloseable {
    private final SenderSettings settings;
    private final InstantSource clock;
    private final Pause pause;
    private final BackOff backOff;
    private final BatchJson json;
    private final URI address;
    private final Semaphore slots;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /** Waiting, so that tests need not. */
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    public PointSender(SenderSettings settings, Clock clock) {
        this(settings, clock, Thread::sleep, RandomGenerator.getDefault());
    }

    PointSender(SenderSettings settings, InstantSource clock, Pause pause, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.backOff = new BackOff(random);
        this.json = new BatchJson(settings.gzip());
        this.address = settings.server().resolve("/api/v1/ingest");
        this.slots = new Semaphore(settings.parallel());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(3))
                .executor(threads)
                .build();
    }

    /** Waits for a free slot, then returns while the batch is on its way. */
    public CompletableFuture<Outcome> send(Batch batch) {
        slots.acquireUninterruptibly();
        return CompletableFuture.supplyAsync(() -> deliver(batch), threads).whenComplete((o, e) -> slots.release());
    }

    /** Sends them all and waits; outcomes in the order of the batches. */
    public List<Outcome> sendAll(List<Batch> batches) {
        List<CompletableFuture<Outcome>> underWay =
                batches.stream().map(this::send).toList();
        return underWay.stream().map(CompletableFuture::join).toList();
    }

    /** Abandons what is under way: those batches end as {@link Outcome.Unknown}. */
    @Override
    public void close() {
        threads.shutdownNow();
        http.shutdownNow();
    }

    private Outcome deliver(Batch batch) {
        Instant giveUp = clock.instant().plus(settings.giveUpAfter());
        for (int attempts = 1; ; attempts++) {
            switch (attempt(batch, attempts)) {
                case Answer.Final(Outcome outcome) -> {
                    return outcome;
                }
                case Answer.Again(int status, String why, Optional<Duration> retryAfter) -> {
                    Duration wait = backOff.after(attempts, retryAfter);
                    if (clock.instant().plus(wait).isAfter(giveUp) || !waited(wait)) {
                        return new Outcome.Unknown(batch, attempts, status, why);
                    }
                }
            }
        }
    }

    private boolean waited(Duration wait) {
        try {
            pause.of(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer attempt(Batch batch, int attempts) {
        try {
            return Answer.of(batch, attempts, http.send(request(batch), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Answer.Again(0, e.toString(), Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Final(new Outcome.Unknown(batch, attempts, 0, "interrupted"));
        }
    }

    private HttpRequest request(Batch batch) {
        Optional<Instant> sentAt = settings.stampSentAt() ? Optional.of(clock.instant()) : Optional.empty();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.requestTimeout())
                .header("Authorization", "Bearer " + settings.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.encode(batch, sentAt)));
        if (settings.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        return request.build();
    }
}
