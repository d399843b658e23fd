package io.peerscope.gateway.socket;

import static io.peerscope.gateway.live.Samples.fired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.util.internal.PlatformDependent;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.gateway.access.OriginPolicy;
import io.peerscope.gateway.conversation.Conversation;
import io.peerscope.gateway.conversation.Limits;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.LiveView;
import io.peerscope.gateway.live.Samples;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The faults on real sockets: clients that are deaf, gone, or too many at once. */
class MonitorFaultsTest {
    private static final int DEAF = 1000;
    private static final int CLIENTS = 2000;
    private static final int AT_FIRST = 3;
    private static final int SMALL_KERNEL_BUFFER = 8 << 10;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Vertx clients = Vertx.vertx();
    private final List<Gateway> gateways = new ArrayList<>();
    /** Never reads ahead of itself, so that what a deaf one does not read is soon the gateway's to keep. */
    private final WebSocketClient client = clients.createWebSocketClient(new WebSocketClientOptions()
            .setReceiveBufferSize(SMALL_KERNEL_BUFFER)
            .setMaxConnections(2 * CLIENTS));

    /** One gateway on a Vert.x of its own, which can be killed. */
    private record Gateway(Vertx vertx, MonitorHub hub, LiveView view, AlertLog alerts, int port) {
        void alert(String id) {
            alerts.append(fired(id));
            hub.wakeAll();
        }

        /** Ends its sockets without a word, as the end of the process does. */
        void kill() throws Exception {
            get(vertx.close());
        }
    }

    private record Client(ClientWebSocket socket, Collection<JsonNode> frames) {
        List<Integer> offsets() {
            return frames.stream()
                    .filter(frame -> frame.path("type").asText().equals("alert"))
                    .map(frame -> frame.path("offset").asInt())
                    .toList();
        }

        JsonNode hello() {
            return frames.stream()
                    .filter(frame -> frame.path("type").asText().equals("hello"))
                    .reduce((first, last) -> last)
                    .orElseThrow();
        }

        long hosts() {
            return frames.stream()
                    .mapToLong(frame -> frame.path("hosts").size())
                    .sum();
        }

        boolean hasSnapshot() {
            return frames.size() >= AT_FIRST;
        }
    }

    private Gateway gateway(String epoch, int port, long pingMs) throws Exception {
        Vertx vertx = Vertx.vertx();
        Limits standard = Limits.standard();
        Limits limits = new Limits(
                standard.messageBytes(),
                standard.subscriptions(),
                standard.messagesPerSecond(),
                standard.bufferBytes(),
                standard.stateIntervalMs(),
                pingMs);
        InstantSource clock = InstantSource.system();
        LiveView view = new LiveView(clock);
        view.network(Samples.network(1, NOW));
        AlertLog alerts = new AlertLog(50_000);
        MonitorHub hub = new MonitorHub(vertx, limits, principal -> true);
        Router router = Router.router(vertx);
        router.route("/monitor")
                .handler(new MonitorEndpoint(
                        vertx,
                        hub,
                        new OriginPolicy(List.of()),
                        presented -> Optional.of(new Principal(Role.VIEWER, "viewer", "c1")),
                        () -> new Conversation(epoch, view, alerts, limits, clock.millis()),
                        limits,
                        2 * CLIENTS,
                        clock::millis));
        HttpServerOptions options =
                new HttpServerOptions().addWebSocketSubProtocol("bearer").setSendBufferSize(SMALL_KERNEL_BUFFER);
        int bound = get(vertx.createHttpServer(options).requestHandler(router).listen(port, "127.0.0.1"))
                .actualPort();
        hub.start();
        Gateway gateway = new Gateway(vertx, hub, view, alerts, bound);
        gateways.add(gateway);
        return gateway;
    }

    private Gateway gateway() throws Exception {
        return gateway("epoch", 0, Limits.standard().pingIntervalMs());
    }

    @AfterEach
    void close() throws Exception {
        get(clients.close());
        for (Gateway gateway : gateways) {
            get(gateway.vertx().close());
        }
    }

    @Test
    void r60_r61_manyThatStopReadingCostLittleAndNobodyElseNotices() throws Exception {
        Gateway gateway = gateway();
        List<Client> deaf = open(gateway, DEAF);
        Client reader = open(gateway, 1).getFirst();
        await().atMost(20, TimeUnit.SECONDS).until(reader::hasSnapshot);
        deaf.forEach(each -> each.socket().pause());
        long before = used();

        long most = 0;
        while (gateway.alerts().bytesAfter(0) < 3 * Limits.standard().bufferBytes()) {
            long sent = System.nanoTime();
            gateway.alert("a");
            for (int i = 0; i < 99; i++) {
                gateway.alerts().append(fired("a"));
            }
            gateway.hub().wakeAll();
            await().pollInterval(5, TimeUnit.MILLISECONDS)
                    .until(() -> reader.offsets().size() == gateway.alerts().last());
            most = Math.max(most, System.nanoTime() - sent);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(most))
                .as("ms until somebody who reads has a hundred alerts")
                .isLessThan(5000);
        assertThat(used() - before)
                .as("bytes for %d that do not read", DEAF)
                .isLessThan(DEAF * Limits.standard().bufferBytes() / 4);
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(gateway.hub().size()).isEqualTo(1));
        assertThat(reader.socket().isClosed()).isFalse();
    }

    @Test
    void r62_allWhoWereOnAKilledGatewayHaveTheStateOfTheNextWithinSeconds() throws Exception {
        Gateway first = gateway("first", 0, Limits.standard().pingIntervalMs());
        List<Client> before = open(first, CLIENTS);
        await().atMost(20, TimeUnit.SECONDS).until(() -> before.stream().allMatch(Client::hasSnapshot));

        first.kill();
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> before.stream().allMatch(each -> each.socket().isClosed()));
        Gateway next = gateway("next", first.port(), Limits.standard().pingIntervalMs());

        // all in one moment, which pages avoid
        List<Client> after = open(next, CLIENTS);
        after.forEach(each -> each.socket().writeTextMessage("{\"resume\":{\"epoch\":\"first\",\"offset\":0}}"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> after.stream()
                .allMatch(each -> each.hasSnapshot()
                        && each.hello().path("epoch").asText().equals("next")));
        assertThat(after).noneMatch(each -> each.hello().path("recovered").asBoolean());
        next.alert("a");
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> after.stream().allMatch(each -> each.offsets().equals(List.of(1))));
    }

    @Test
    void r63_whoComesBackGetsWhatHeMissedOnceAndInOrder() throws Exception {
        Gateway gateway = gateway();
        Client away = open(gateway, 1).getFirst();
        await().until(away::hasSnapshot);
        IntStream.rangeClosed(1, 3).forEach(i -> gateway.alert("a" + i));
        await().until(() -> away.offsets().equals(List.of(1, 2, 3)));
        get(away.socket().close());
        IntStream.rangeClosed(4, 6).forEach(i -> gateway.alert("a" + i));

        Client back = open(gateway, 1).getFirst();
        back.socket().writeTextMessage("{\"resume\":{\"epoch\":\"epoch\",\"offset\":3}}");
        await().until(() -> back.offsets().size() == 3);
        gateway.alert("a7");
        await().until(() -> back.offsets().equals(List.of(4, 5, 6, 7)));
        assertThat(back.hello().path("recovered").asBoolean()).isTrue();

        Client stranger = open(gateway, 1).getFirst();
        stranger.socket().writeTextMessage("{\"resume\":{\"epoch\":\"another\",\"offset\":3}}");
        await().until(() -> stranger.frames().size() >= 2 * AT_FIRST);
        assertThat(stranger.hello().path("recovered").asBoolean()).isFalse();
        assertThat(stranger.offsets()).isEmpty();
    }

    /** A message of more than 64 KiB goes out in parts, and the queue drains between them. */
    @Test
    void messagesThatAreLargerThanTheQueueComeWhole() throws Exception {
        Gateway gateway = gateway();
        Client client = open(gateway, 1).getFirst();
        client.socket().writeTextMessage("{\"subscribe\":[\"hosts\"]}");
        await().until(client::hasSnapshot);
        String prefix = "h".repeat(800);
        IntStream.range(0, 2000).mapToObj(i -> prefix + i).forEach(name -> gateway.view()
                .host(name, Samples.host(name)));
        gateway.hub().wakeAll();

        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> client.hosts() == 2000 || client.socket().isClosed());
        assertThat(client.hosts()).isEqualTo(2000);
    }

    /** A machine that lost its power answers nothing, and its connection looks open for ever. */
    @Test
    void r65_whoAnswersNoPingIsGoneAfterTwo() throws Exception {
        Gateway gateway = gateway("epoch", 0, 200);
        Client alive = open(gateway, 1).getFirst();
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            silent.setSoTimeout(20_000);
            silent.getOutputStream()
                    .write(("GET /monitor HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                                    + "\r\n"
                                    + "Authorization: Bearer any\r\n"
                                    + "Upgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            List<Integer> opcodes = new ArrayList<>();
            int code = readToClose(silent.getInputStream(), opcodes);
            assertThat(opcodes.stream().filter(each -> each == 9)).as("pings").hasSize(2);
            assertThat(code).isEqualTo(4010);
            assertThat(silent.getInputStream().read())
                    .as("the connection itself ends, though the close was not answered")
                    .isEqualTo(-1);
        }
        await().untilAsserted(() -> assertThat(gateway.hub().size()).isEqualTo(1));
        assertThat(alive.socket().isClosed()).as("who answers stays").isFalse();
    }

    /** Reads frames until the close frame; returns its code. */
    private static int readToClose(InputStream in, List<Integer> opcodes) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
        while (true) {
            int opcode = in.read() & 0x0f;
            int length = in.read();
            if (length == 126) {
                length = in.read() << 8 | in.read();
            }
            byte[] payload = in.readNBytes(length);
            opcodes.add(opcode);
            if (opcode == 8) {
                return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            }
        }
    }

    private List<Client> open(Gateway gateway, int count) throws Exception {
        List<Client> opened = new ArrayList<>();
        List<Future<?>> connecting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ClientWebSocket socket = client.webSocket();
            Collection<JsonNode> frames = new ConcurrentLinkedQueue<>();
            socket.textMessageHandler(text -> frames.add(read(text)));
            connecting.add(socket.connect(new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(gateway.port())
                    .setURI("/monitor")
                    .setAllowOriginHeader(false)
                    .addSubProtocol("bearer")
                    .addSubProtocol("any")));
            opened.add(new Client(socket, frames));
        }
        get(Future.all(connecting));
        return opened;
    }

    private static JsonNode read(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes on the heap and beside it. */
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
