package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.peerscope.contracts.point.Point;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands of {@code docs/ingest/curl.md}, as they stand there. */
class CurlPageTest {
    private static final Path PAGE = Path.of("..", "docs", "ingest", "curl.md");
    private static final Pattern COMMAND = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door = new Door(log, HttpLimits.standard(), 64 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    @Test
    void allCommandsSucceed() throws Exception {
        assumeTrue(runs("bash", "-c", "curl --fail-with-body --version"), "curl is not on the PATH, or too old");
        List<String> commands = COMMAND.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(commands).hasSize(7);
        for (String command : commands) {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
            builder.environment().put("PEERSCOPE", door.address("").toString());
            builder.environment().put("TOKEN", "fleet");
            builder.environment().put("no_proxy", "127.0.0.1");
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s%n%s", command, said).isZero();
        }
        List<Point> points =
                log.appended.stream().flatMap(batch -> batch.points().stream()).toList();
        assertThat(points).extracting(point -> point.subject().kind()).contains("host", "connection", "map");
        assertThat(points.stream().flatMap(point -> point.shape().fields().stream()))
                .contains("cpu_usage", "latency_ms", "packet_loss", "player_count", "memory_usage");
    }
}
