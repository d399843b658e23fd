package io.peerscope.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.ExitCode;
import io.peerscope.cli.api.Server;
import io.peerscope.cli.report.Console;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "cleanup",
        description = {
            "Lets go what is older than the settings keep, now instead of within half an hour.",
            "Whole chunks go together, and nothing that a coarser roll-up is still to be made of."
        })
final class Cleanup implements Callable<Integer> {
    private static final double MIB = 1 << 20;

    @Mixin
    private final Connection connection = new Connection();

    @Option(
            names = "--raw",
            paramLabel = "HOURS",
            description = "First change how long raw points are kept (the setting retention.raw, which stays changed)")
    private @Nullable Integer raw;

    @Option(names = "--dry-run", description = "Only show what is kept, and how large it is")
    private boolean dryRun;

    @Override
    public Integer call() {
        Server server = connection.server();
        Console console = connection.console();
        JsonNode before = server.get("/api/v1/storage");
        JsonNode after = before;
        if (!dryRun) {
            if (raw != null) {
                server.put("/api/v1/settings", Map.of("settings", Map.of("retention.raw", raw)));
            }
            after = server.post("/api/v1/storage/cleanup", Map.of());
        }
        if (console.json()) {
            console.document(Map.of("command", "cleanup", "before", before, "after", after));
            return ExitCode.OK.number();
        }
        console.line("%-28s %12s %12s  %s".formatted("", "before", "after", "kept since"));
        for (JsonNode table : before.path("tables")) {
            String name = table.path("table").asText();
            console.line("%-28s %10.1f M %10.1f M  %s"
                    .formatted(
                            name,
                            table.path("bytes").asLong() / MIB,
                            bytes(after, name) / MIB,
                            table.path("kept_since").asText("")));
        }
        return ExitCode.OK.number();
    }

    private static long bytes(JsonNode storage, String name) {
        for (JsonNode table : storage.path("tables")) {
            if (table.path("table").asText().equals(name)) {
                return table.path("bytes").asLong();
            }
        }
        return 0;
    }
}
