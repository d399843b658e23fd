package io.peerscope.testkit.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Gives each new connection to one of the servers that were ready when it looked last, in turn. Connections that are open
 * stay where they are. Thread-safe.
 */
public final class Balancer implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    private final List<URI> servers;
    private final TcpProxy door;
    private final List<URI> ready = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("balancer").factory());

    private Balancer(List<URI> servers) {
        this.servers = List.copyOf(servers);
        this.door = TcpProxy.to(this::next);
    }

    /** Listens on a free port of the loopback interface, once it has looked at all of them. */
    public static Balancer over(URI... servers) {
        Balancer balancer = new Balancer(List.of(servers));
        balancer.look();
        balancer.looks.scheduleWithFixedDelay(
                balancer::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return balancer;
    }

    public URI address() {
        return door.address();
    }

    /** Who was ready when it looked last. */
    public List<URI> ready() {
        return List.copyOf(ready);
    }

    private void look() {
        for (URI server : servers) {
            boolean is = isReady(server);
            if (is != ready.contains(server)) {
                if (is) {
                    ready.add(server);
                } else {
                    ready.remove(server);
                }
            }
        }
    }

    private boolean isReady(URI server) {
        HttpRequest question = HttpRequest.newBuilder(server.resolve("/q/health/ready"))
                .timeout(ANSWER_LIMIT)
                .build();
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<InetSocketAddress> next() {
        List<URI> candidates = ready();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        URI server = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        return Optional.of(new InetSocketAddress(server.getHost(), server.getPort()));
    }

    @Override
    public void close() {
        looks.shutdownNow();
        door.close();
        http.shutdownNow();
    }
}
