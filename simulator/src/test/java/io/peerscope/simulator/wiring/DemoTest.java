package io.peerscope.simulator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.peerscope.simulator.send.RecordingIngest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void all_hosts_report_at_once_and_go_on() throws IOException {
        try (RecordingIngest ingest = new RecordingIngest();
                Demo demo = Demo.start(new DemoOptions(ingest.uri(), "secret", 6, 1, Duration.ofMillis(200)))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> ingest.received.size() >= 18);
        }
    }

    @Test
    void it_goes_on_after_what_nobody_foresaw() throws IOException {
        AtomicBoolean once = new AtomicBoolean(true);
        Clock clock = new Clock() {
            @Override
            public long millis() {
                if (Thread.currentThread().getName().equals("demo") && once.getAndSet(false)) {
                    throw new IllegalStateException("a mistake of ours");
                }
                return System.currentTimeMillis();
            }

            @Override
            public Instant instant() {
                return Instant.now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        try (RecordingIngest ingest = new RecordingIngest();
                Demo demo = Demo.start(new DemoOptions(ingest.uri(), "secret", 6, 1, Duration.ofMillis(200)), clock)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> ingest.received.size() >= 6);
            assertThat(once).isFalse();
        }
    }

    @Test
    void arguments_have_defaults() throws IOException {
        Path token = Files.writeString(folder.resolve("fleet"), "secret\n");
        assertThat(DemoOptions.parse("--token-file", token.toString(), "--hosts", "9", "--exit-with-parent"))
                .isEqualTo(new DemoOptions(URI.create("http://127.0.0.1:8080"), "secret", 9, 7, Duration.ofSeconds(5)));
    }

    @Test
    void a_wrong_argument_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(
                        "--token-file", folder.resolve("nothing").toString()))
                .withMessageContaining("--token-file cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new DemoOptions(URI.create("http://127.0.0.1"), "secret", 0, 1, Duration.ofSeconds(5)))
                .withMessageContaining("hosts must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse("--host", "9"))
                .withMessageContaining("--host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse("--hosts", "9"))
                .withMessageContaining("--token-file");
    }
}
