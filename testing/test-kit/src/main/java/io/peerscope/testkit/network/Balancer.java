package io.peerscope.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
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
    private final ServerSocket door;
    private final Weather weather = new Weather();
    private final List<URI> ready = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("balancer").factory());

    private Balancer(List<URI> servers) throws IOException {
        this.servers = List.copyOf(servers);
        this.door = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    }

    /** Listens on a free port of the loopback interface, once it has looked at all of them. */
    public static Balancer over(URI... servers) {
        try {
            Balancer balancer = new Balancer(List.of(servers));
            balancer.look();
            balancer.looks.scheduleWithFixedDelay(
                    balancer::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            balancer.threads.execute(balancer::accept);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException("no balancer", e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
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

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        ProxiedConnection connection = new ProxiedConnection(client, upstream, weather, (one, cut) -> open.remove(one));
        open.add(connection);
        List<URI> candidates = ready();
        if (candidates.isEmpty()) {
            connection.reset();
            return;
        }
        URI server = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        try {
            upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            connection.run(threads);
        } catch (IOException e) {
            connection.reset();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        looks.shutdownNow();
        open.forEach(ProxiedConnection::reset);
        threads.shutdownNow();
        http.shutdownNow();
    }
}
