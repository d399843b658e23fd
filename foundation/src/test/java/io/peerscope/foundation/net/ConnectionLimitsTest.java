package io.peerscope.foundation.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At a server of HTTP/1.1 that may also be asked for HTTP/2, as ours are. */
class ConnectionLimitsTest {
    private static final int HUNG_UP = -1;

    private final List<Socket> sockets = new ArrayList<>();
    private Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private HttpServer server(int most, Duration answerWithin) {
        VertxBuilder builder = new VertxBuilder().init();
        new ConnectionLimits(most, answerWithin).init(builder);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        vertx = builder.vertx();
        return vertx.createHttpServer()
                .requestHandler(request -> request.response().end("well"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Socket says(HttpServer server, String head) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        return socket;
    }

    private static int firstByte(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return HUNG_UP;
        }
    }

    @Test
    void slowHeadsTakeNoMoreThanTheirShare() throws IOException {
        HttpServer server = server(3, Duration.ofMinutes(2));
        for (int i = 0; i < 3; i++) {
            says(server, "GET / HT");
        }
        assertThat(firstByte(says(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n"))).isEqualTo(HUNG_UP);
        sockets.get(0).close();
        await().untilAsserted(() -> assertThat(firstByte(says(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")))
                .isEqualTo('H'));
    }

    @Test
    void aSlowHeadIsHungUpOn() throws IOException {
        HttpServer server = server(3, Duration.ofMillis(400));
        assertThat(firstByte(says(server, "GET / HT"))).isEqualTo(HUNG_UP);
        assertThat(firstByte(says(server, ""))).isEqualTo(HUNG_UP);
        Socket honest = says(server, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(firstByte(honest)).isEqualTo('H');
    }

    @Test
    void vertxFindsThem() {
        assertThat(ServiceLoader.load(VertxServiceProvider.class)).hasAtLeastOneElementOfType(ConnectionLimits.class);
    }
}
