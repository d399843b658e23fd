package io.peerscope.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Stands between a client and a server on this machine and does to their bytes what {@link #become} says, at once and to
 * all connections. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private final Supplier<Optional<InetSocketAddress>> server;
    private final ServerSocket door;
    private final Weather weather = new Weather();
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong cuts = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TcpProxy(Supplier<Optional<InetSocketAddress>> server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    }

    /** Listens on a free port of the loopback interface; nothing is wrong yet. */
    public static TcpProxy to(String host, int port) {
        Optional<InetSocketAddress> server = Optional.of(new InetSocketAddress(host, port));
        return to(() -> server);
    }

    /** @param server asked for each new connection, which is reset where there is none */
    static TcpProxy to(Supplier<Optional<InetSocketAddress>> server) {
        try {
            TcpProxy proxy = new TcpProxy(server);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy", e);
        }
    }

    public static TcpProxy to(URI server) {
        return to(server.getHost(), server.getPort());
    }

    public int port() {
        return door.getLocalPort();
    }

    /** For a server that speaks HTTP. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Holds for what is on its way, too. */
    public void become(Fault fault) {
        weather.become(fault);
        if (fault instanceof Fault.Reset) {
            open.forEach(ProxiedConnection::reset);
        }
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    /** How many connections {@link Fault.CutAfter} has ended. */
    public long cuts() {
        return cuts.get();
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
        ProxiedConnection connection = new ProxiedConnection(client, upstream, weather, this::ended);
        open.add(connection);
        Optional<InetSocketAddress> target = weather.now() instanceof Fault.Reset ? Optional.empty() : server.get();
        if (target.isEmpty()) {
            connection.reset();
            return;
        }
        try {
            upstream.connect(target.get());
            connection.run(threads);
        } catch (IOException e) {
            connection.reset();
        }
    }

    private void ended(ProxiedConnection connection, boolean cut) {
        if (open.remove(connection) && cut) {
            cuts.incrementAndGet();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(ProxiedConnection::reset);
        threads.shutdownNow();
    }
}
