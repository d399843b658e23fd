package io.peerscope.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peerscope.agent.collect.Group;
import io.peerscope.agent.probe.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {
    private static final String[] LEAST = {"--url", "http://127.0.0.1:8080", "--token-file", "t"};

    @TempDir
    Path folder;

    @Test
    void what_is_not_said_has_a_default() {
        AgentConfig config = config(Map.of());
        assertThat(config.server()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(config.tokenFile()).isEqualTo(Path.of("t"));
        assertThat(config.host()).isEqualTo("this-machine");
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.labels()).isEmpty();
        assertThat(config.dataDir()).isEmpty();
        assertThat(config.bufferBytes()).isEqualTo(128L << 20);
        assertThat(config.selection().groups()).containsExactlyInAnyOrder(Group.values());
        assertThat(config.probes().wanted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host                          | other
            interval                      | 10
            labels                        | region=eu, rack=7
            data-dir                      | /var/lib/x
            buffer.max-mib                | 7
            groups.include                | cpu,memory
            groups.exclude                | system
            fields.include                | cpu_*
            fields.exclude                | cpu_*
            disk.mounts.include           | /data
            disk.mounts.exclude           | /data
            disk-io.devices.include       | sda
            disk-io.devices.exclude       | sda
            network-io.interfaces.include | eth0
            network-io.interfaces.exclude | eth0
            probes.peers                  | h2=10.0.0.2:8090
            probes.peers-file             | peers
            probes.interval-ms            | 500
            probes.window                 | 10
            probes.timeout-ms             | 500
            probes.listen                 | 8090
            probes.answers-per-second     | 1
            probes.secret-file            | secret
            """)
    void every_key_arrives_from_everywhere(String key, String value) throws Exception {
        AgentConfig without = config(Map.of());
        String variable = "PEERSCOPE_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        Path file = Files.writeString(folder.resolve("agent.properties"), key + " = " + value + "\n");
        for (AgentConfig config : List.of(
                config(Map.of(), "--" + key.replace('.', '-'), value),
                config(Map.of(variable, value)),
                config(Map.of(), "--config", file.toString()),
                config(Map.of("PEERSCOPE_CONFIG", file.toString())))) {
            assertThat(config).isNotEqualTo(without);
        }
    }

    @Test
    void flags_win_over_the_environment_and_that_over_the_file() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "host=file\ninterval=7\nlabels=a=file\n");
        Map<String, String> environment = Map.of("PEERSCOPE_HOST", "environment", "PEERSCOPE_INTERVAL", "8");
        AgentConfig config =
                config(environment, "--config", file.toString(), "--host", "flag", "--label", "a=b=c", "--label", "d=");
        assertThat(config.host()).isEqualTo("flag");
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.labels()).isEqualTo(Map.of("a", "b=c", "d", ""));
    }

    @Test
    void groups_and_peers_are_understood() {
        AgentConfig config = config(
                Map.of(),
                "--groups-include",
                "cpu, network-io,DISK",
                "--groups-exclude",
                "disk",
                "--probes-peers",
                "h2=10.0.0.2:8090, h3=vps.example:1/relay",
                "--probes-listen",
                "127.0.0.1:9");
        assertThat(config.selection().groups()).containsExactlyInAnyOrder(Group.CPU, Group.NETWORK_IO);
        assertThat(config.probes().peers())
                .containsExactly(Peer.parse("h2=10.0.0.2:8090"), Peer.parse("h3=vps.example:1/relay"));
        assertThat(config.probes().listen())
                .isEqualTo(Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
    }

    @Test
    void help_needs_nothing_else() {
        assertThat(Options.parse(List.of("--check", "--help"), Map.of("PEERSCOPE_CONFIG", "nowhere"))
                        .command())
                .isEqualTo(Command.HELP);
        assertThat(Options.usage())
                .contains("--probes-listen VALUE  (probes.listen in the file, PEERSCOPE_PROBES_LISTEN)")
                .contains("default 128");
        assertThat(Options.parse(List.of("--check", "--exit-with-parent"), Map.of()))
                .isEqualTo(new Options(Command.CHECK, true, Map.of()));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of("--token-file", "t"), "url is missing"),
                Arguments.of(List.of("--url", "http://h"), "token-file is missing"),
                Arguments.of(
                        List.of("--token-file", "t", "--url", "h:8080"),
                        "url must be like http://host:port, was h:8080"),
                Arguments.of(List.of("--token-file", "t", "--url", "http://a b"), "url must be like"),
                Arguments.of(List.of("--token-file"), "--token-file needs a value"),
                Arguments.of(List.of("--token", "t"), "unknown option --token; --help"),
                Arguments.of(with("--config", "nowhere"), "nowhere cannot be read"),
                Arguments.of(with("--host", "my host"), "host must be"),
                Arguments.of(with("--interval", "0"), "interval must be a whole number from 1 to 3600, was 0"),
                Arguments.of(with("--buffer-max-mib", "2048"), "buffer.max-mib must be a whole number from 1 to 1024"),
                Arguments.of(with("--label", "x"), "labels must be like name=value"),
                Arguments.of(with("--groups-include", "cpu,gpu"), "groups.include must be some of cpu, load"),
                Arguments.of(with("--probes-peers", "h2"), "probes.peers: a peer must be like"),
                Arguments.of(with("--probes-listen", "x"), "probes.listen must be a port"),
                Arguments.of(with("--probes-window", "4"), "probes.window must be a whole number from 5"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_named(List<String> args, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(args, Map.of()).config(() -> "this-machine"))
                .withMessageContaining(message);
    }

    @Test
    void a_key_that_does_not_exist_is_named_with_its_file() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "intervall=5\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of("--config", file.toString()), Map.of()))
                .withMessageContaining("unknown key intervall in " + file);
    }

    private static List<String> with(String... more) {
        return Stream.concat(Arrays.stream(LEAST), Arrays.stream(more)).toList();
    }

    private static AgentConfig config(Map<String, String> environment, String... more) {
        return Options.parse(with(more), new HashMap<>(environment)).config(() -> "this-machine");
    }
}
