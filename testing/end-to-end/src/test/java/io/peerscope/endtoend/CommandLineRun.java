package io.peerscope.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.cli.command.Commands;
import io.peerscope.contracts.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody typed after {@code peerscope}, and what came of it.
 *
 * @param out what a pipe would get
 * @param err what only a person sees
 */
record CommandLineRun(int exitCode, String out, String err) {

    /** Against one address with the token of a file; the same as in a process of its own, but quicker. */
    record Terminal(URI address, Path tokenFile) {
        CommandLineRun peerscope(String... words) {
            List<String> arguments = new ArrayList<>(List.of(words));
            arguments.addAll(List.of("--url", address.toString(), "--token-file", tokenFile.toString()));
            return run(arguments);
        }
    }

    static CommandLineRun run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.line(InstantSource.system())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }

    JsonNode json() {
        try {
            return Json.mapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not one JSON document: " + this, e);
        }
    }

    /** The verdict of one step: ok, warning, failed, skipped; empty where there is no such step. */
    String verdict(String step) {
        for (JsonNode one : json().path("steps")) {
            if (one.path("name").asText().equals(step)) {
                return one.path("verdict").asText();
            }
        }
        return "";
    }
}
