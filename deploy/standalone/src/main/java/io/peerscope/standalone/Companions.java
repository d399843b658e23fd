package io.peerscope.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The agent that measures this machine: a process of its own that speaks to us as any other host would. */
final class Companions implements AutoCloseable {
    private final Process agent;

    private Companions(Process agent) {
        this.agent = agent;
    }

    static Companions startAgent(URI address, CredentialFiles credentials, Distribution distribution, Path logs)
            throws IOException, InterruptedException {
        String host = hostName();
        if (!Files.exists(credentials.file("agent"))) {
            credentials.write("agent", hostToken(address, credentials.read("admin"), host));
        }
        Files.createDirectories(logs);
        ProcessBuilder command = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                distribution.agentJar().toAbsolutePath().toString(),
                "--url",
                address.toString(),
                "--token-file",
                credentials.file("agent").toAbsolutePath().toString(),
                "--host",
                host,
                "--data-dir",
                logs.resolveSibling("agent").toAbsolutePath().toString(),
                "--exit-with-parent"));
        File log = logs.resolve("agent.log").toFile();
        return new Companions(command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start());
    }

    static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
            return name.isBlank() ? "this-machine" : name;
        } catch (UnknownHostException e) {
            return "this-machine";
        }
    }

    private static String hostToken(URI address, String adminToken, String host)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/hosts"))
                            .header("Authorization", "Bearer " + adminToken)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.encode(Map.of("host", host))))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            JsonNode body = Json.mapper().readTree(answer.body());
            if (answer.statusCode() != 201) {
                throw new IOException("no token for this machine's agent: " + body);
            }
            return body.path("token").asText();
        }
    }

    @Override
    public void close() {
        agent.destroy();
    }
}
