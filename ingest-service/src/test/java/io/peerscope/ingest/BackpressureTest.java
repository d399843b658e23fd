package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.remotewrite.Tongue;
import io.peerscope.ingest.remotewrite.Tongue.Said;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More than can be done is refused, quickly and without growing; afterwards all is as before. */
class BackpressureTest {
    private static final int IN_FLIGHT = 4 << 20;

    private final FakeBatchLog log = new FakeBatchLog();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        client.close();
    }

    private static HttpRequest large(Door door, int number) {
        StringBuilder json = new StringBuilder("{\"host\":\"h" + number % 50 + "\",\"points\":[");
        for (int i = 0; i < 1000; i++) {
            json.append(i == 0 ? "" : ",").append("{\"timestamp\":").append(Drafts.NOW - i * 1000L - number);
            json.append(",\"fields\":{\"cpu_usage\":50,\"load\":1}}");
        }
        return door.request()
                .header("Authorization", "Bearer fleet")
                .POST(BodyPublishers.ofString(json.append("]}").toString()))
                .build();
    }

    /** 4 requests of 60 KiB at a time, then 200 at once while Kafka takes nothing, then 4 again; and all that four times. */
    @Test
    void aBurstIsRefusedWithoutGrowthAndLeavesNothing() {
        try (Door door =
                new Door(log, new HttpLimits(10 << 20, Duration.ofSeconds(15), Duration.ofSeconds(2)), IN_FLIGHT)) {
            outage(door, 0);
            long before = used();
            for (int again = 1; again <= 3; again++) {
                outage(door, again * 10_000);
            }
            assertThat(used() - before)
                    .as("bytes of heap; their bodies are 36 MB")
                    .isLessThan(16 << 20);
            assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        }
    }

    private void outage(Door door, int from) {
        calm(door, from);
        log.appended.clear();
        log.become(FakeBatchLog.Mood.HANG);
        burst(door, from + 100);
        assertThat(log.appended)
                .as("most were refused before they were worked on")
                .hasSizeLessThan(100);
        log.become(FakeBatchLog.Mood.ACKNOWLEDGE);
        log.release();
        await().untilAsserted(() -> assertThat(door.inFlight.bytes()).isZero());
        calm(door, from + 500);
        log.appended.clear();
    }

    private void burst(Door door, int from) {
        List<CompletableFuture<HttpResponse<Void>>> burst = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            burst.add(client.sendAsync(large(door, from + i), BodyHandlers.discarding()));
        }
        for (CompletableFuture<HttpResponse<Void>> answer : burst) {
            HttpResponse<Void> response = answer.join();
            assertThat(door.inFlight.bytes()).isLessThanOrEqualTo(IN_FLIGHT);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValueAsLong("Retry-After")).isPresent();
        }
    }

    private void calm(Door door, int from) {
        for (int i = 0; i < 20; i += 4) {
            List<CompletableFuture<HttpResponse<Void>>> few = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                few.add(client.sendAsync(large(door, from + i + j), BodyHandlers.discarding()));
            }
            few.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void idleConnectionsAndDrippingBodiesHinderNobody() throws Exception {
        hinderNobody(300, 100, Duration.ofSeconds(2));
    }

    @Test
    @Tag("soak")
    void norDoThousands() throws Exception {
        hinderNobody(5000, 1000, Duration.ofSeconds(30));
    }

    /** Connections that say nothing and bodies that drip and never end: honest requests take no longer than 250 ms. */
    private void hinderNobody(int idle, int drips, Duration patience) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (Door door = new Door(log, new HttpLimits(10 << 20, patience, Duration.ofSeconds(2)), IN_FLIGHT)) {
            post(door); // the first one loads classes
            for (int i = 0; i < idle; i++) {
                sockets.add(door.raw(""));
            }
            List<Socket> dripping = new ArrayList<>();
            for (int i = 0; i < drips; i++) {
                dripping.add(door.raw(Door.head("Authorization: Bearer fleet", "Content-Length: 1000000")));
            }
            sockets.addAll(dripping);
            long[] took = new long[100];
            for (int i = 0; i < took.length; i++) {
                dripping.get(i).getOutputStream().write('{');
                long start = System.nanoTime();
                assertThat(post(door)).isEqualTo(200);
                took[i] = System.nanoTime() - start;
            }
            Arrays.sort(took);
            assertThat(Duration.ofNanos(took[98])).isLessThan(Duration.ofMillis(250));
            assertThat(door.inFlight.bytes()).as("what drips holds little").isLessThan(IN_FLIGHT);
            for (Socket socket : dripping) {
                socket.setSoTimeout((int) patience.multipliedBy(3).toMillis());
                assertThat(socket.getInputStream().read()).as("hung up").isEqualTo(-1);
            }
            assertThat(door.inFlight.bytes()).isZero();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private int post(Door door) throws Exception {
        return door.post(BodyPublishers.ofString(Door.POINT), "Authorization", "Bearer fleet")
                .status();
    }

    @ParameterizedTest
    @EnumSource(Tongue.class)
    void whileKafkaIsAwayEveryProtocolSaysSoWithinThreeSeconds(Tongue tongue) throws Exception {
        try (Door door = new Door(log, HttpLimits.standard(), IN_FLIGHT)) {
            HttpRequest request =
                    tongue.request(door, List.of(new Said("h1", Drafts.NOW))).build();
            for (FakeBatchLog.Mood mood : List.of(FakeBatchLog.Mood.FAIL, FakeBatchLog.Mood.HANG)) {
                log.become(mood);
                long start = System.nanoTime();
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).contains("2");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            }
            log.become(FakeBatchLog.Mood.ACKNOWLEDGE);
            log.release();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isIn(200, 204);
        }
    }
}
