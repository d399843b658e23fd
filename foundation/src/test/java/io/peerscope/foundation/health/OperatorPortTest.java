package io.peerscope.foundation.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.peerscope.embedded.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorPortTest {
    private final Vertx vertx = Vertx.vertx();
    private final int operators = FreePort.any();
    private Router router;
    private int api;

    @BeforeEach
    void listen() throws Exception {
        router = Router.router(vertx);
        OperatorPort.divide(router, operators);
        router.get("/health").handler(exchange -> exchange.reroute("/q/health"));
        router.route().handler(exchange -> exchange.end("somebody answered"));
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        api = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/metrics",
                "/q/health",
                "/q/health/ready",
                "/q/health/live",
                "/q/metrics",
                "/q/dev-ui/",
                "/q",
                "/metrics/",
                "//metrics",
                "/%6detrics",
                "/api/../metrics",
                "/./q/health",
                "/Q/health",
                "/q//health",
                "/q/openapi/../health",
                "/metrics?x=/api"
            })
    void whatIsOfOperatorsIsOnTheirPortOnly(String path) throws IOException {
        try (OperatorPort port = open(Optional.empty())) {
            assertThat(ask(new Socket("127.0.0.1", port.port()), path)).startsWith("HTTP/1.0 200");
            assertThat(ask(new Socket("127.0.0.1", api), path))
                    .startsWith("HTTP/1.0 404")
                    .contains("application/problem+json")
                    .doesNotContain("somebody answered");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/hosts",
                "/q/openapi",
                "/metricsx",
                "/api/v1/metrics/realtime",
                "/healthy",
                "/monitor"
            })
    void nothingElseIsThere(String path) throws IOException {
        try (OperatorPort port = open(Optional.empty())) {
            assertThat(ask(new Socket("127.0.0.1", port.port()), path)).startsWith("HTTP/1.0 404");
            assertThat(ask(new Socket("127.0.0.1", api), path)).startsWith("HTTP/1.0 200");
        }
    }

    @Test
    void aPortThatSomebodyHasIsNotPassedOverInSilence() throws IOException {
        try (ServerSocket first = new ServerSocket(operators, 1, InetAddress.getLoopbackAddress())) {
            assertThat(first.isBound()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(() -> open(Optional.empty()))
                    .withMessageContaining("peerscope.operator.port");
        }
    }

    @Test
    void aCertificateThatIsReplacedIsTakenUp(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        make("first.example", certificate, key);
        OperatorPort.Tls tls = new OperatorPort.Tls(certificate.toString(), key.toString(), Duration.ofMillis(50));
        try (OperatorPort port = open(Optional.of(tls))) {
            assertThat(name(port)).isEqualTo("CN=first.example");
            make("second.example", certificate, key);
            Awaitility.await().untilAsserted(() -> assertThat(name(port)).isEqualTo("CN=second.example"));
            Files.writeString(certificate, "nonsense");
            Awaitility.await().during(Duration.ofMillis(300)).untilAsserted(() -> assertThat(name(port))
                    .isEqualTo("CN=second.example"));
        }
    }

    private OperatorPort open(Optional<OperatorPort.Tls> tls) {
        return OperatorPort.open(vertx, router, "127.0.0.1", operators, tls);
    }

    private static void make(String name, Path certificate, Path key) throws Exception {
        Path store = Files.createTempDirectory(certificate.getParent(), "made").resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "own",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        char[] word = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance(store.toFile(), word);
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey("own", word).getEncoded()));
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("own").getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(content), what);
    }

    /** As it stands: a client of Java's would tidy the path. */
    private static String ask(Socket open, String path) throws IOException {
        try (Socket socket = open) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String name(OperatorPort port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyName()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port.port())) {
            socket.startHandshake();
            assertThat(ask(socket, "/metrics")).startsWith("HTTP/1.0 200");
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        } catch (SSLHandshakeException halfReplaced) {
            return "a key that is not the certificate's";
        }
    }

    /** The test looks at the name for itself. */
    private static final class AnyName implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
