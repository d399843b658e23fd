package io.peerscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.cli.command.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandExplainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("doctor", "3   nobody answers");
        for (String name : new TreeSet<>(line().getSubcommands().keySet())) {
            assertThat(run(name, "--help")).as(name).isZero();
        }
        assertThat(run("token", "create", "--help")).isZero();
        assertThat(out.toString()).contains("--token-file").doesNotContain("--token=");
    }

    @Test
    void whatIsMistypedIsUsage(@TempDir Path folder) throws Exception {
        assertThat(run("docter")).isEqualTo(2);
        assertThat(run("doctor", "--data", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no token", "--token-file");
        Path token = Files.writeString(folder.resolve("token"), "t");
        assertThat(run("doctor", "--token-file", token.toString(), "--service", "ingest"))
                .isEqualTo(2);
        assertThat(run("doctor", "--token-file", token.toString(), "--timeout", "0"))
                .isEqualTo(2);
        assertThat(run("restore", "x.zip", "--database", "jdbc:postgresql://127.0.0.1/x"))
                .isEqualTo(2);
        assertThat(run("doctor", "--token-file", token.toString(), "--ca", token.toString()))
                .isEqualTo(2);
    }

    @Test
    void whereNobodyAnswersItIsSaid(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t");
        for (String command :
                List.of("token list h1", "token create h1", "token revoke h1 x", "rules list", "doctor")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(List.of("--token-file", token.toString(), "--url", "http://127.0.0.1:1"));
            assertThat(run(words.toArray(String[]::new))).as(command).isEqualTo(3);
        }
    }

    private int run(String... words) {
        return line().setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }

    private static CommandLine line() {
        return Commands.line(InstantSource.system());
    }
}
