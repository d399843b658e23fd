package io.peerscope.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.peerscope.testkit.network.Fault.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Bytes that arrived at the server. */
    private final AtomicLong arrived = new AtomicLong();

    @SuppressWarnings("NullAway.Init")
    private ServerSocket echo;

    @SuppressWarnings("NullAway.Init")
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    threads.execute(() -> echo(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        proxy = TcpProxy.to("127.0.0.1", echo.getLocalPort());
    }

    private void echo(Socket socket) {
        try (socket) {
            byte[] piece = new byte[1024];
            int size;
            while ((size = socket.getInputStream().read(piece)) >= 0) {
                arrived.addAndGet(size);
                socket.getOutputStream().write(piece, 0, size);
            }
        } catch (IOException gone) {
            // the other end is what is tested
        }
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
        threads.shutdownNow();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", proxy.port());
        socket.setSoTimeout(5000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), UTF_8);
    }

    @Test
    void passesOnWhatItGetsAndTheEndOfIt() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "hello");
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("hello");
        }
        await().until(() -> proxy.connections() == 0);
        assertThat(proxy.cuts()).isZero();
    }

    @Test
    void delays() throws IOException {
        proxy.become(new Fault.Delay(Duration.ofMillis(100)));
        try (Socket socket = connect()) {
            long begin = System.nanoTime();
            send(socket, "hello");
            assertThat(read(socket, 5)).isEqualTo("hello");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(199));
        }
    }

    @Test
    void slowsDown() throws IOException {
        proxy.become(new Fault.Rate(10_000));
        try (Socket socket = connect()) {
            long begin = System.nanoTime();
            send(socket, "x".repeat(1000));
            read(socket, 1000);
            send(socket, "y");
            read(socket, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(99));
        }
    }

    @Test
    void whatStallsGoesOnWhenItIsOver() throws IOException {
        proxy.become(new Fault.Stall());
        try (Socket socket = connect()) {
            send(socket, "hello");
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
            assertThat(arrived).hasValue(0);

            proxy.become(Fault.none());
            socket.setSoTimeout(5000);
            assertThat(read(socket, 5)).isEqualTo("hello");
        }
    }

    @Test
    void resetsWhatIsOpenAndWhatIsOpened() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "a");
            read(socket, 1);
            proxy.become(new Fault.Reset());
            assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(() -> {
                    try (Socket socket = connect()) {
                        read(socket, 1);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void halfOpenLosesOneDirectionForEver() throws IOException {
        proxy.become(new Fault.HalfOpen(Direction.TO_CLIENT));
        try (Socket socket = connect()) {
            send(socket, "hello");
            await().until(() -> arrived.get() == 5);
            proxy.become(Fault.none());
            send(socket, "again");
            await().until(() -> arrived.get() == 10);
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void theAnswerIsLostAfterTheWorkIsDone() throws IOException {
        proxy.become(new Fault.CutAfter(Direction.TO_CLIENT, 0));
        try (Socket socket = connect()) {
            send(socket, "hello");
            assertThatThrownBy(() -> read(socket, 1)).isInstanceOf(SocketException.class);
        }
        assertThat(arrived).hasValue(5);
        await().until(() -> proxy.cuts() == 1);
    }

    @Test
    void aRequestIsCutInTheMiddle() throws IOException {
        proxy.become(new Fault.CutAfter(Direction.TO_SERVER, 3));
        try (Socket socket = connect()) {
            send(socket, "hello");
            assertThatThrownBy(() -> read(socket, 5)).isInstanceOf(SocketException.class);
        }
        await().until(() -> arrived.get() == 3);
    }
}
