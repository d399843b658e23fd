package io.peerscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class OptionsTest {
    @Test
    void without_arguments_everything_has_its_default() {
        Options options = parse();

        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.bind()).isEqualTo("127.0.0.1");
        assertThat(options.data()).isEqualTo(Path.of("data"));
        assertThat(options.demoHosts()).isEmpty();
        assertThat(options.agent()).isTrue();
        assertThat(options.ephemeral()).isFalse();
    }

    @Test
    void demo_takes_a_number_of_hosts_or_none() {
        assertThat(parse("--demo").demoHosts()).hasValue(24);
        assertThat(parse("--demo", "40").demoHosts()).hasValue(40);
        assertThat(parse("--demo", "--port", "9000").demoHosts()).hasValue(24);
    }

    @Test
    void a_misspelt_option_is_named() {
        assertThatThrownBy(() -> parse("--prot", "1"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("--prot");
    }

    private static Options parse(String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
