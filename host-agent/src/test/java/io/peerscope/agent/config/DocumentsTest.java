package io.peerscope.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written about settings is true. */
class DocumentsTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^# ?(?=[a-z.-]+ = |PEERSCOPE_)");

    @TempDir
    Path folder;

    @Test
    void the_example_file_works_with_all_its_examples() throws IOException {
        String text = Files.readString(Path.of("packaging/agent.properties.example"));
        Path file = Files.writeString(
                folder.resolve("agent.properties"), EXAMPLE.matcher(text).replaceAll(""));
        AgentConfig config =
                Options.parse(List.of("--config", file.toString()), Map.of()).config(() -> "h1");
        assertThat(config.probes().peers()).hasSize(2);
        assertThat(config.probes().secretFile()).isPresent();
        assertThat(config.labels()).containsEntry("rack", "7");
    }

    @Test
    void the_example_environment_works_with_all_its_examples() throws IOException {
        String text = EXAMPLE.matcher(Files.readString(Path.of("packaging/agent.env.example")))
                .replaceAll("");
        Map<String, String> environment = new HashMap<>(Map.of("PEERSCOPE_TOKEN_FILE", "t"));
        text.lines().filter(line -> line.startsWith("PEERSCOPE_")).forEach(line -> {
            String[] parts = line.split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        assertThat(Arrays.stream(Key.values()).map(Key::variable)).containsAll(environment.keySet());
        AgentConfig config = Options.parse(List.of(), environment).config(() -> "other");
        assertThat(config.host()).isEqualTo("h1");
        assertThat(config.probes().listen()).isPresent();
    }

    @Test
    void the_readme_names_every_setting() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Key key : Key.values()) {
            String name = key.property();
            String shortly =
                    name.endsWith(".exclude") ? name.replace(".exclude", ".include`, `.exclude`") : "`" + name + "`";
            assertThat(readme).containsAnyOf("`" + name + "`", shortly);
        }
    }
}
