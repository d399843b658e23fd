package io.peerscope.notify.http;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.form.AlertmanagerForm;
import io.peerscope.notify.message.Links;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager (Debian: prometheus-alertmanager) shows our alerts and ends them. Left out where there is none. */
class AlertmanagerTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void it_shows_what_fires_with_its_new_severity_and_forgets_what_is_over() throws Exception {
        Optional<Path> program = program();
        assumeTrue(program.isPresent(), "no Alertmanager on the PATH");
        int port = freePort();
        Process alertmanager = start(program.get(), port);
        Vertx vertx = Vertx.vertx();
        try (Outbound outbound = new Outbound(vertx, new TargetAddress(true))) {
            URI address = URI.create("http://127.0.0.1:" + port);
            await().atMost(Duration.ofSeconds(30)).until(() -> answers(address.resolve("/-/ready")));
            HttpSender sender =
                    new HttpSender(new AlertmanagerForm(new Links(Optional.of("https://peers.example.org"))), outbound);
            Instant now = Instant.now();

            assertThat(sender.send(message(address, MessageType.FIRING, WARNING, AlertStatus.FIRING, null), now))
                    .isEqualTo(new Delivery.Sent());
            assertThat(shown(address)).containsExactly("cpu_usage h1 warning");

            assertThat(sender.send(
                            message(address, MessageType.SEVERITY_CHANGED, CRITICAL, AlertStatus.FIRING, null), now))
                    .isEqualTo(new Delivery.Sent());
            assertThat(shown(address)).containsExactly("cpu_usage h1 critical");

            assertThat(sender.send(message(address, MessageType.RESOLVED, CRITICAL, AlertStatus.RESOLVED, now), now))
                    .isEqualTo(new Delivery.Sent());
            await().atMost(Duration.ofSeconds(10)).until(() -> shown(address).isEmpty());
        } finally {
            vertx.close();
            alertmanager.destroy();
            alertmanager.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static OutboxMessage message(
            URI address, MessageType type, Severity severity, AlertStatus status, @Nullable Instant resolvedAt) {
        return Alerts.message(
                "m",
                Alerts.at(Alerts.webhook("am"), address.toString()),
                type,
                Alerts.alert("h1", severity, status, resolvedAt));
    }

    private List<String> shown(URI address) {
        JsonNode alerts = Json.decode(get(address.resolve("/api/v2/alerts")).body(), JsonNode.class);
        return StreamSupport.stream(alerts.spliterator(), false)
                .map(alert -> alert.path("labels"))
                .map(labels -> labels.path("alertname").asText() + " "
                        + labels.path("host").asText() + " "
                        + labels.path("severity").asText())
                .toList();
    }

    private boolean answers(URI address) {
        try {
            return get(address).statusCode() == 200;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private HttpResponse<byte[]> get(URI address) {
        try {
            return http.send(
                    HttpRequest.newBuilder(address)
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process start(Path program, int port) throws IOException {
        Path config = Files.writeString(
                folder.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        return new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place ->
                        Stream.of("prometheus-alertmanager", "alertmanager").map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
