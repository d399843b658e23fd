package io.peerscope.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.ExitCode;
import io.peerscope.cli.Failure;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        description = "Alert rules: look at them, bring them in from files, remove them.",
        synopsisSubcommandLabel = "(list | show | apply | import | delete)")
final class Rules {
    private static final String RULES = "/api/v1/rules";

    @Command(mixinStandardHelpOptions = true, name = "list", description = "All rules.")
    int list(@Mixin Connection connection) {
        Console console = connection.console();
        JsonNode found = connection.server().get(RULES + "?page_size=500");
        if (console.json()) {
            console.document(found);
        }
        found.path("rules")
                .forEach(rule -> console.line("%-32s v%-4d %-8s %s"
                        .formatted(
                                rule.path("id").asText(),
                                rule.path("version").asLong(),
                                rule.path("enabled").asBoolean() ? "enabled" : "off",
                                rule.path("summary").asText())));
        return ExitCode.OK.number();
    }

    @Command(mixinStandardHelpOptions = true, name = "show", description = "One rule, as it would be written.")
    int show(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
        connection.console().document(connection.server().get(one(id)));
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "apply",
            description = "Makes or replaces the rule of a YAML or JSON file.")
    int apply(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file) {
        Server server = connection.server();
        Optional<byte[]> document = Optional.of(read(file));
        Server.Answer answer = server.send("POST", RULES, document, mediaType(file));
        String did = "created";
        if (answer.status() == 409) {
            JsonNode wanted = Documents.parse(document.get(), file);
            String id = wanted.path("id").asText();
            answer = server.send("PUT", one(id), document, mediaType(file));
            did = "replaced";
        }
        Console console = connection.console();
        JsonNode rule = server.wanted("POST", RULES, answer);
        if (console.json()) {
            console.document(rule);
        }
        console.line("%s is %s, version %d"
                .formatted(rule.path("id").asText(), did, rule.path("version").asLong()));
        return ExitCode.OK.number();
    }

    @Command(
            mixinStandardHelpOptions = true,
            name = "import",
            description = "Brings in rules in other forms: a JSON list, a YAML map of thresholds, settings, or a"
                    + " Prometheus rule file.")
    int bringIn(
            @Mixin Connection connection,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--dry-run", description = "Only show what they would become") boolean dryRun) {
        Server server = connection.server();
        String path = RULES + "/import" + (dryRun ? "?dry_run=true" : "");
        JsonNode made =
                server.wanted("POST", path, server.send("POST", path, Optional.of(read(file)), mediaType(file)));
        connection.console().document(made);
        return ExitCode.OK.number();
    }

    @Command(mixinStandardHelpOptions = true, name = "delete", description = "Removes a rule; its open alerts end.")
    int delete(@Mixin Connection connection, @Parameters(paramLabel = "ID") String id) {
        connection.server().delete(one(id));
        Console console = connection.console();
        console.line(id + " is deleted");
        if (console.json()) {
            console.document(java.util.Map.of("id", id, "deleted", true));
        }
        return ExitCode.OK.number();
    }

    private static String one(String id) {
        return RULES + "/" + Server.encoded(id);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Failure.usage("%s cannot be read: %s".formatted(file, e.getMessage()), "Is the path right?");
        }
    }

    private static String mediaType(Path file) {
        return file.toString().endsWith(".json") ? "application/json" : "application/yaml";
    }
}
