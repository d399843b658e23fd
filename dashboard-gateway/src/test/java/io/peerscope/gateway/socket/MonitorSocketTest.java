package io.peerscope.gateway.socket;

import static io.peerscope.gateway.live.Samples.fired;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.security.Principal;
import io.peerscope.gateway.access.OriginPolicy;
import io.peerscope.gateway.access.Presented;
import io.peerscope.gateway.conversation.Conversation;
import io.peerscope.gateway.conversation.Limits;
import io.peerscope.gateway.live.AlertLog;
import io.peerscope.gateway.live.LiveView;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoint on a real socket, with a directory of its own and without Kafka. */
class MonitorSocketTest {
    private static final Limits LIMITS = Limits.standard();

    private record Client(WebSocket socket, List<String> frames) {}

    private final Vertx vertx = Vertx.vertx();
    private final Map<Presented, Principal> directory = Map.of(
            new Presented.Token("viewer-token"), new Principal(Role.VIEWER, "viewer", "c1"),
            new Presented.SessionCookie("viewer-session"), new Principal(Role.VIEWER, "viewer", "c2"),
            new Presented.Token("host-token"), new Principal(Role.HOST, "h1", "c3"));
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final LiveView view = new LiveView(InstantSource.system());
    private final AlertLog alerts = new AlertLog(50_000);
    private final MonitorHub hub =
            new MonitorHub(vertx, LIMITS, principal -> !revoked.contains(principal.credentialId()));
    private WebSocketClient client;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        InstantSource clock = InstantSource.system();
        Router router = Router.router(vertx);
        router.route("/monitor")
                .handler(new MonitorEndpoint(
                        vertx,
                        hub,
                        new OriginPolicy(List.of()),
                        presented -> Optional.ofNullable(directory.get(presented)),
                        () -> new Conversation("epoch", view, alerts, LIMITS, clock.millis()),
                        LIMITS,
                        100,
                        clock::millis));
        HttpServer server = get(vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("bearer"))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
        port = server.actualPort();
        client = vertx.createWebSocketClient();
        hub.start();
    }

    @AfterEach
    void close() throws Exception {
        hub.stop();
        get(vertx.close());
    }

    @Test
    void strangersAreTurnedAwayBeforeTheUpgrade() {
        assertThat(refused(options())).isEqualTo(401);
        assertThat(refused(options().addSubProtocol("bearer").addSubProtocol("guessed")))
                .isEqualTo(401);
        assertThat(refused(fromPage(own(), "sid=guessed"))).isEqualTo(401);
    }

    @Test
    void credentialsThatOnlyWriteMayNotWatch() {
        assertThat(refused(options().addSubProtocol("bearer").addSubProtocol("host-token")))
                .isEqualTo(403);
    }

    @Test
    void foreignPagesMayNotUseTheCookie() {
        assertThat(refused(fromPage("http://evil.org", "sid=viewer-session"))).isEqualTo(403);
        assertThat(refused(options().addHeader("Cookie", "sid=viewer-session"))).isEqualTo(403);
    }

    @Test
    void tokenOpensAndTheProtocolIsEchoed() throws Exception {
        Client client = open(withToken());

        assertThat(client.socket().subProtocol()).isEqualTo("bearer");
        await().until(() -> client.frames().size() >= 3);
        assertThat(client.frames().getFirst()).startsWith("{\"type\":\"hello\"");
    }

    @Test
    void sessionCookieOfOurOwnPageOpens() throws Exception {
        Client client = open(fromPage(own(), "sid=viewer-session"));

        await().until(() -> client.frames().size() >= 3);
    }

    @Test
    void alertsArrive() throws Exception {
        List<String> frames = open(withToken()).frames();
        await().until(() -> frames.size() >= 3);

        alerts.append(fired("a1"));
        hub.wakeAll();

        await().until(() -> frames.size() == 4);
        assertThat(frames.get(3)).contains("\"type\":\"alert\"", "\"id\":\"a1\"", "\"offset\":1");
    }

    @Test
    void largeFramesComePackedToWhomAskedForThat() throws Exception {
        IntStream.range(0, 50).forEach(i -> view.alert("a" + i, fired("a" + i).data()));
        List<byte[]> packed = Collections.synchronizedList(new ArrayList<>());
        List<String> texts = Collections.synchronizedList(new ArrayList<>());
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(texts::add);
        socket.binaryMessageHandler(bytes -> packed.add(bytes.getBytes()));
        get(socket.connect(withToken().setURI("/monitor?encoding=gzip")));
        List<String> plain = open(withToken()).frames();

        await().until(() -> plain.size() >= 3 && texts.size() >= 2 && packed.size() == 1);

        assertThat(texts).noneMatch(frame -> frame.contains("\"type\":\"status\""));
        String unpacked = unpacked(packed.getFirst());
        assertThat(unpacked).startsWith("{\"type\":\"status\"").contains("\"id\":\"a49\"");
        assertThat(packed.getFirst()).hasSizeLessThan(unpacked.length() / 4);
        assertThat(refused(withToken().setURI("/monitor?encoding=zstd"))).isEqualTo(400);
    }

    @Test
    void aQueryThatIsNotUnderstoodIsRefused() throws Exception {
        for (String query : List.of("encoding=%zz", "other=%zz", "encoding=", "encoding=GZIP", "encoding=br")) {
            assertThat(answer("/monitor?" + query)).as(query).startsWith("HTTP/1.1 400");
        }
        assertThat(answer("/monitor?encoding=gzip")).startsWith("HTTP/1.1 101");
    }

    @Test
    void packedAndPlainAlertsComeInOrderAlsoWhenTheyComeAgain() throws Exception {
        List<String> frames = openPacked(List.of());
        await().until(() -> frames.size() >= 3);
        for (int i = 1; i <= 20; i++) {
            alerts.append(fired(i % 3 == 0 ? "long".repeat(1000) : "a"));
        }
        hub.wakeAll();
        await().until(() -> offsets(frames).size() == 20);
        assertThat(offsets(frames))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());

        List<String> again = openPacked(List.of("{\"resume\":{\"epoch\":\"epoch\",\"offset\":4}}"));
        await().until(() -> offsets(again).size() == 16);
        assertThat(offsets(again))
                .containsExactlyElementsOf(IntStream.rangeClosed(5, 20).boxed().toList());
    }

    @Test
    void revokedCredentialEndsAnOpenSocket() throws Exception {
        WebSocket socket = open(withToken()).socket();

        revoked.add("c1");

        await().atMost(5, TimeUnit.SECONDS).until(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 4001);
        await().until(() -> hub.size() == 0);
    }

    @Test
    void floodOfMessagesEndsTheSocket() throws Exception {
        WebSocket socket = open(withToken()).socket();
        for (int i = 0; i < 40; i++) {
            socket.writeTextMessage("{\"subscribe\":[]}");
        }

        await().until(socket::isClosed);
        assertThat(socket.closeStatusCode()).isEqualTo((short) 4009);
    }

    @Test
    void clientThatDoesNotReadIsShutOutAndNobodyElseNotices() throws Exception {
        WebSocket deaf = open(withToken()).socket();
        deaf.pause();
        List<String> frames = open(withToken()).frames();
        await().until(() -> frames.size() >= 3);

        // More than both kernels buffer for a connection, and our bound on top.
        while (alerts.bytesAfter(0) < 16 << 20) {
            for (int i = 0; i < 1000; i++) {
                alerts.append(fired("a"));
            }
            hub.wakeAll();
            await().until(() -> alertsIn(frames) == alerts.last());
        }

        deaf.resume();
        await().until(deaf::isClosed);
        assertThat(deaf.closeStatusCode()).isEqualTo((short) 4008);
    }

    private static long alertsIn(List<String> frames) {
        return frames.size() - 3L;
    }

    private WebSocketConnectOptions options() {
        return new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/monitor")
                .setAllowOriginHeader(false);
    }

    private WebSocketConnectOptions fromPage(String origin, String cookie) {
        return options().setAllowOriginHeader(true).addHeader("Origin", origin).addHeader("Cookie", cookie);
    }

    private WebSocketConnectOptions withToken() {
        return options().addSubProtocol("bearer").addSubProtocol("viewer-token");
    }

    private String own() {
        return "http://127.0.0.1:" + port;
    }

    private Client open(WebSocketConnectOptions options) throws Exception {
        List<String> frames = Collections.synchronizedList(new ArrayList<>());
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(frames::add);
        get(socket.connect(options));
        return new Client(socket, frames);
    }

    /** @param said at once */
    private List<String> openPacked(List<String> said) throws Exception {
        List<String> frames = Collections.synchronizedList(new ArrayList<>());
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(frames::add);
        socket.binaryMessageHandler(bytes -> frames.add(unpacked(bytes.getBytes())));
        get(socket.connect(withToken().setURI("/monitor?encoding=gzip")));
        said.forEach(socket::writeTextMessage);
        return frames;
    }

    private static String unpacked(byte[] gzip) {
        try {
            return new String(
                    new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Integer> offsets(List<String> frames) {
        return List.copyOf(frames).stream()
                .filter(frame -> frame.startsWith("{\"type\":\"alert\""))
                .map(frame -> Integer.valueOf(frame.replaceFirst(".*\"offset\":(\\d+).*", "$1")))
                .toList();
    }

    /** The first line, for a request that no client of WebSocket would write. */
    private String answer(String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer viewer-token\r\n"
                                    + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private int refused(WebSocketConnectOptions options) {
        var refusal = new Object() {
            int status;
        };
        assertThatThrownBy(() -> open(options))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        UpgradeRejectedException.class, rejected -> refusal.status = rejected.getStatus());
        return refusal.status;
    }

    private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
