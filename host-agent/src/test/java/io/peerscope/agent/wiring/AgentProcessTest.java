package io.peerscope.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.agent.send.RecordingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent as a process of its own. */
class AgentProcessTest {
    private static final Pattern BATCH = Pattern.compile("\"batch\":\"([0-9a-f]{16})/(\\d+)(?:-(\\d+))?\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void killed_while_the_server_is_away_it_brings_all_reports_of_both_runs() throws Exception {
        List<RecordingServer.Request> requests = new ArrayList<>();
        URI address;
        try (RecordingServer server = new RecordingServer()) {
            address = server.uri();
            Process first = agent(address, "--interval", "1", "--data-dir", data().toString());
            await().atMost(PATIENCE).until(() -> server.requests.size() >= 2);
            server.close();
            long size = kept();
            await().atMost(PATIENCE).until(() -> kept() > size + 1500);
            first.destroyForcibly();
            assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
            requests.addAll(server.requests);
        }
        Process second = agent(address, "--interval", "1", "--data-dir", data().toString());
        long size = kept();
        await().atMost(PATIENCE).until(() -> kept() > size + 1000);

        try (RecordingServer server = new RecordingServer(address.getPort())) {
            await().atMost(PATIENCE).until(() -> log().contains("has all that waited"));
            second.destroy();
            assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
            requests.addAll(server.requests);
        }
        Map<String, TreeSet<Long>> reports = new TreeMap<>();
        for (RecordingServer.Request request : requests) {
            Matcher batch = BATCH.matcher(request.body());
            if (batch.find()) {
                long from = Long.parseLong(batch.group(2));
                long to = batch.group(3) == null ? from : Long.parseLong(batch.group(3));
                reports.computeIfAbsent(batch.group(1), run -> new TreeSet<>())
                        .addAll(LongStream.rangeClosed(from, to).boxed().toList());
                assertThat(request.body().split("\"kind\":\"host\"", -1)).hasSize((int) (to - from) + 2);
            }
        }
        assertThat(reports).hasSize(2);
        assertThat(reports.values()).allSatisfy(run -> assertThat(run)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, run.last()).boxed().toList()));
        assertThat(reports.values().iterator().next()).hasSizeGreaterThan(2);
    }

    @Test
    void a_check_shows_a_report_and_says_what_the_server_answers() throws Exception {
        try (RecordingServer server = new RecordingServer()) {
            Process check = agent(server.uri(), "--check", "--host", "h1", "--groups-include", "memory");
            assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(log()).contains("host h1 would report, 1 point(s)", "\"memory_usage\":", "accepts it");
            assertThat(check.exitValue()).isZero();
            assertThat(server.requests.getFirst().body()).contains("\"host\":\"h1\"", "memory_usage");
        }
        Process check = agent(URI.create("http://127.0.0.1:1"), "--check");
        assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log()).contains("see whether it runs and whether url is right");
        assertThat(check.exitValue()).isOne();
    }

    @Test
    void a_wrong_option_ends_it_at_once_with_a_reason() throws Exception {
        Process process = agent(URI.create("http://127.0.0.1:1"), "--interval", "never");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(log()).contains("interval must be a whole number from 1 to 3600, was never");
    }

    private Process agent(URI server, String... more) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AgentMain.class.getName(),
                "--url",
                server.toString(),
                "--token-file",
                token.toString()));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        started.add(process);
        return process;
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path logFile() {
        return folder.resolve("log");
    }

    private String log() throws IOException {
        return Files.readString(logFile());
    }

    /** Bytes of reports on disk. */
    private long kept() {
        try (Stream<Path> files = Files.list(data())) {
            return files.filter(file -> file.toString().endsWith(".reports"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
