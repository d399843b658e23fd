package io.peerscope.notify.http;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.contracts.alert.Severity.WARNING;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.alert.Severity;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.notify.Channel;
import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.net.TargetAddress;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.form.AlertmanagerForm;
import io.peerscope.notify.message.Links;
import io.peerscope.notify.policy.ChannelRehearsal;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Alertmanager (Debian: prometheus-alertmanager) shows our alerts and ends them. Found on the PATH, or where the
 * environment variable PEERSCOPE_ALERTMANAGER says; left out where there is none.
 */
class AlertmanagerTest {
    private static final String VARIABLE = "PEERSCOPE_ALERTMANAGER";

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)));
    private final HttpSender sender =
            new HttpSender(new AlertmanagerForm(new Links(Optional.of("https://peers.example.org"))), outbound);
    private @Nullable Process running;

    @AfterEach
    void close() throws InterruptedException {
        stop();
        outbound.close();
        vertx.close();
    }

    @Test
    void it_shows_what_fires_with_its_new_severity_and_forgets_what_is_over() throws Exception {
        URI address = start("data", freePort());
        Instant now = Instant.now();

        assertThat(sender.send(message(address, MessageType.FIRING, WARNING, AlertStatus.FIRING, null), now))
                .isEqualTo(new Delivery.Sent());
        assertThat(shown(address)).containsExactly("cpu_usage h1 warning");

        assertThat(sender.send(message(address, MessageType.SEVERITY_CHANGED, CRITICAL, AlertStatus.FIRING, null), now))
                .isEqualTo(new Delivery.Sent());
        assertThat(shown(address)).containsExactly("cpu_usage h1 critical");

        assertThat(sender.send(message(address, MessageType.RESOLVED, CRITICAL, AlertStatus.RESOLVED, now), now))
                .isEqualTo(new Delivery.Sent());
        await().atMost(Duration.ofSeconds(10)).until(() -> shown(address).isEmpty());
    }

    /** What the policy says, at the times at which it says it; only the waiting is left out. */
    @Test
    void one_that_has_forgotten_everything_is_told_again_what_is_on() throws Exception {
        int port = freePort();
        URI address = start("data", port);
        Channel channel = Alerts.as(ChannelType.ALERTMANAGER, Alerts.at(Alerts.webhook("am"), address.toString()));
        ChannelRehearsal policy = new ChannelRehearsal(channel, List.of(), T0);
        policy.hear(Alerts.firing("h1", WARNING));
        policy.hear(Alerts.firing("h2", CRITICAL));
        policy.hear(Alerts.firing("h3", CRITICAL));
        policy.hear(Alerts.resolved("h3", CRITICAL, T0.plusSeconds(30)));
        List<ChannelRehearsal.Message> before = policy.finish(T0.plusSeconds(60));
        send(channel, before);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(shown(address))
                .containsExactlyInAnyOrder("cpu_usage h1 warning", "cpu_usage h2 critical"));

        stop();
        start("another", port);
        assertThat(shown(address)).isEmpty();
        List<ChannelRehearsal.Message> all = policy.finish(T0.plusSeconds(300));
        send(channel, all.subList(before.size(), all.size()));

        assertThat(shown(address)).containsExactlyInAnyOrder("cpu_usage h1 warning", "cpu_usage h2 critical");
    }

    private void send(Channel channel, List<ChannelRehearsal.Message> messages) throws InterruptedException {
        for (ChannelRehearsal.Message message : messages) {
            OutboxMessage letter = new OutboxMessage("m", channel, message.type(), message.at(), message.alerts());
            assertThat(sender.send(letter, Instant.now())).isEqualTo(new Delivery.Sent());
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

    private URI start(String data, int port) throws IOException {
        Optional<Path> program = program();
        assumeTrue(program.isPresent(), "no Alertmanager on the PATH or in " + VARIABLE);
        Path config = Files.writeString(
                folder.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        Path log = folder.resolve("log");
        Process started = new ProcessBuilder(
                        program.get().toString(),
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve(data),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        running = started;
        URI address = URI.create("http://127.0.0.1:" + port);
        await().atMost(Duration.ofSeconds(30)).until(() -> !started.isAlive() || answers(address.resolve("/-/ready")));
        assertThat(started.isAlive()).as(Files.readString(log)).isTrue();
        return address;
    }

    private void stop() throws InterruptedException {
        if (running != null) {
            running.destroy();
            assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Optional<Path> program() {
        Stream<Path> named = Stream.ofNullable(System.getenv(VARIABLE)).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place ->
                        Stream.of("prometheus-alertmanager", "alertmanager").map(name -> Path.of(place, name)));
        return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
