package io.peerscope.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentOptionsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PEERSCOPE_URL", "https://peerscope.example",
            "PEERSCOPE_TOKEN_FILE", "/etc/token",
            "PEERSCOPE_HOST", "from-environment",
            "PEERSCOPE_INTERVAL", "10",
            "PEERSCOPE_LABELS", "region=eu, rack=7");

    @Test
    void what_is_not_said_has_a_default() {
        assertThat(parse(Map.of(), "--url", "http://127.0.0.1:8080", "--token-file", "t"))
                .isEqualTo(new AgentOptions(
                        URI.create("http://127.0.0.1:8080"),
                        Path.of("t"),
                        "this-machine",
                        Duration.ofSeconds(5),
                        Map.of(),
                        false));
    }

    @Test
    void the_environment_can_say_everything() {
        assertThat(parse(ENVIRONMENT))
                .isEqualTo(new AgentOptions(
                        URI.create("https://peerscope.example"),
                        Path.of("/etc/token"),
                        "from-environment",
                        Duration.ofSeconds(10),
                        Map.of("region", "eu", "rack", "7"),
                        false));
    }

    @Test
    void flags_win() {
        AgentOptions options = parse(
                ENVIRONMENT,
                "--host",
                "h1",
                "--interval",
                "1",
                "--label",
                "a=b=c",
                "--label",
                "d=",
                "--exit-with-parent");
        assertThat(options.host()).isEqualTo("h1");
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.labels()).isEqualTo(Map.of("a", "b=c", "d", ""));
        assertThat(options.exitWithParent()).isTrue();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(List.of("--url", "http://h"), "--token-file is missing"),
                Arguments.of(List.of("--token-file", "t"), "--url is missing"),
                Arguments.of(List.of("--token-file", "t", "--url", "h:8080"), "--url must be like"),
                Arguments.of(List.of("--token-file"), "--token-file needs a value"),
                Arguments.of(List.of("--token", "t"), "unknown option --token"),
                Arguments.of(List.of("--url", "http://h", "--token-file", "t", "--interval", "0"), "from 1 to 3600"),
                Arguments.of(List.of("--url", "http://h", "--token-file", "t", "--label", "x"), "name=value, was x"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_named(List<String> args, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(Map.of(), args.toArray(String[]::new)))
                .withMessageContaining(message);
    }

    private static AgentOptions parse(Map<String, String> environment, String... args) {
        return AgentOptions.parse(List.of(args), environment, () -> "this-machine");
    }
}
