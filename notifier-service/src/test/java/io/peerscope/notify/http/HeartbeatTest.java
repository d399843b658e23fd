package io.peerscope.notify.http;

import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.peerscope.foundation.net.TargetAddress;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    @Test
    void it_beats_while_we_are_well_and_stands_a_watchdog_that_is_not() throws Exception {
        AtomicInteger beats = new AtomicInteger();
        AtomicInteger status = new AtomicInteger(200);
        HttpServer watchdog = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        watchdog.createContext("/ping", exchange -> {
            beats.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        watchdog.start();
        AtomicBoolean well = new AtomicBoolean(true);
        Vertx vertx = Vertx.vertx();
        try (Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)));
                Heartbeat heartbeat = new Heartbeat(
                        outbound,
                        "http://127.0.0.1:" + watchdog.getAddress().getPort() + "/ping",
                        Duration.ofMinutes(1),
                        well::get,
                        InstantSource.fixed(T0))) {
            heartbeat.beat(T0);
            assertThat(beats).hasValue(1);

            well.set(false);
            heartbeat.beat(T0);
            assertThat(beats).hasValue(1);

            well.set(true);
            status.set(500);
            heartbeat.beat(T0);
            heartbeat.beat(T0);
            assertThat(beats).hasValue(3);
        } finally {
            watchdog.stop(0);
            vertx.close();
        }
    }

    @Test
    void it_beats_on_after_what_nobody_foresaw() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Vertx vertx = Vertx.vertx();
        try (Outbound outbound = new Outbound(vertx, new TargetAddress(true, List.of(443)));
                Heartbeat heartbeat = new Heartbeat(
                        outbound,
                        "http://127.0.0.1:9/ping",
                        Duration.ofMillis(10),
                        () -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new IllegalStateException("a mistake of ours");
                            }
                            return false;
                        },
                        InstantSource.fixed(T0))) {
            heartbeat.start();
            await().until(() -> asked.get() > 1);
        } finally {
            vertx.close();
        }
    }
}
