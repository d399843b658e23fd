package io.peerscope.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "token",
        description = "Lets hosts in and shuts them out.",
        synopsisSubcommandLabel = "(list | create | rotate | revoke)")
final class Token {
    private final InstantSource clock;

    Token(InstantSource clock) {
        this.clock = clock;
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "list",
            description = "The tokens of a host, by their ids; the tokens themselves nobody knows.")
    int list(@Mixin Connection connection, @Parameters(paramLabel = "HOST") String host) {
        Console console = connection.console();
        JsonNode found = connection.server().get(tokens(host));
        if (console.json()) {
            console.document(found);
        }
        found.path("tokens")
                .forEach(token -> console.line("%s  made %s, %s, %s"
                        .formatted(
                                token.path("id").asText(),
                                token.path("created_at").asText(),
                                end(token),
                                token.path("last_used_at").isTextual()
                                        ? "last used "
                                                + token.path("last_used_at").asText()
                                        : "never used")));
        return ExitCode.OK.number();
    }

    private static String end(JsonNode token) {
        JsonNode at = token.path("expires_at");
        if (!at.isTextual()) {
            return "does not expire";
        }
        return (token.path("status").asText().equals("expired") ? "expired " : "expires ") + at.asText();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "create",
            description = "Registers a host and shows its token, once.")
    int create(
            @Mixin Connection connection,
            @Parameters(paramLabel = "HOST") String host,
            @Mixin Expiry expiry,
            @Option(names = "--out", paramLabel = "FILE", description = "Write it there (mode 600) and do not show it")
                    @Nullable
                    Path file) {
        Map<String, Object> wanted = new TreeMap<>(expiry.field(clock));
        wanted.put("host", host);
        wanted.put("labels", Map.of());
        return issued(connection.console(), connection.server().post("/api/v1/hosts", wanted), file);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "rotate",
            description = "Makes another token; the old ones go on working until they are revoked.")
    int rotate(
            @Mixin Connection connection,
            @Parameters(paramLabel = "HOST") String host,
            @Mixin Expiry expiry,
            @Option(names = "--out", paramLabel = "FILE", description = "Write it there (mode 600) and do not show it")
                    @Nullable
                    Path file) {
        return issued(connection.console(), connection.server().post(tokens(host), expiry.field(clock)), file);
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "revoke",
            description = "Shuts a token out, everywhere, within seconds.")
    int revoke(
            @Mixin Connection connection,
            @Parameters(paramLabel = "HOST") String host,
            @Parameters(paramLabel = "ID", description = "As `token list` shows it") String id) {
        connection.server().delete(tokens(host) + "/" + Server.encoded(id));
        Console console = connection.console();
        console.line(id + " is revoked");
        if (console.json()) {
            console.document(Map.of("host", host, "id", id, "revoked", true));
        }
        return ExitCode.OK.number();
    }

    private static int issued(Console console, JsonNode made, @Nullable Path file) {
        String id = made.path("id").asText();
        String secret = made.path("token").asText();
        if (file != null) {
            write(file, secret);
        }
        if (console.json()) {
            Map<String, String> shown = Map.of("host", made.path("host").asText(), "id", id);
            console.document(file == null ? made : shown);
        }
        console.line(file == null ? secret : "%s is in %s".formatted(id, file));
        return ExitCode.OK.number();
    }

    /** Nobody else may read it, at no moment. */
    private static void write(Path file, String secret) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, secret + "\n");
        } catch (IOException | UnsupportedOperationException e) {
            throw Failure.wrong(
                    "%s cannot be written: %s".formatted(file, e.getMessage()),
                    "The token exists already: revoke it, or call again without --out.");
        }
    }

    private static String tokens(String host) {
        return "/api/v1/hosts/" + Server.encoded(host) + "/tokens";
    }
}
