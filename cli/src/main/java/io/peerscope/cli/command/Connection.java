package io.peerscope.cli.command;

import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.api.TrustedAuthority;
import io.peerscope.cli.report.Console;
import io.peerscope.cli.report.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has which asks Peerscope something. Secrets come from files or the environment only. */
public final class Connection {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:PEERSCOPE_URL:-http://127.0.0.1:8080}",
            description = "Where Peerscope answers: standalone or the gateway (default: $PEERSCOPE_URL, else"
                    + " http://127.0.0.1:8080)")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:PEERSCOPE_TOKEN_FILE}",
            description = "File with a token, an admin's for most commands (default: $PEERSCOPE_TOKEN_FILE, the"
                    + " variable PEERSCOPE_TOKEN itself, else credentials/admin of the data folder)")
    private @Nullable Path tokenFile;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data folder of ./run, whose credentials are used (default: ./data)")
    private Path data = Path.of("data");

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with the authority that signed the certificate")
    private @Nullable Path authority;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long to wait for each thing (default: 20)")
    private int timeout;

    @Option(names = "--json", description = "Print one JSON document instead of text")
    private boolean json;

    /** Where this command prints. */
    public Console console() {
        CommandSpec spec = command;
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), json, System.console() != null);
    }

    Server server() {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (authority != null) {
            http.sslContext(TrustedAuthority.of(authority));
        }
        return new Server(http.build(), url, Optional.of(token()), limit());
    }

    Patience patience(Console console) {
        return new Patience(console, limit());
    }

    /** Of the data folder, where there is one. */
    Optional<String> fleetToken() {
        Path file = data.resolve("credentials").resolve("fleet");
        return tokenFile == null && Files.isReadable(file) ? Optional.of(read(file)) : Optional.empty();
    }

    Path data() {
        return data;
    }

    private Duration limit() {
        if (timeout < 1) {
            throw Failure.usage("--timeout " + timeout, "It is a number of seconds, at least 1.");
        }
        return Duration.ofSeconds(timeout);
    }

    private String token() {
        if (tokenFile != null) {
            return read(tokenFile);
        }
        String given = System.getenv("PEERSCOPE_TOKEN");
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        Path file = data.resolve("credentials").resolve("admin");
        if (!Files.isReadable(file)) {
            throw Failure.usage(
                    "no token: there is no " + file,
                    "--token-file FILE names one, or --data DIR the data folder of ./run.");
        }
        return read(file);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()), "Who may read that file?");
        }
    }
}
