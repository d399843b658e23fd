package io.peerscope.notify.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.peerscope.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A webhook that writes down what it is told. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    /** By channel; 204 where nothing is said. */
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    /** @param alerts {@code <alert id> <status>} */
    record Heard(String path, String id, String type, Instant timestamp, List<String> alerts) {}

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            JsonNode body = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
            List<String> alerts = new ArrayList<>();
            body.path("data")
                    .path("alerts")
                    .forEach(alert -> alerts.add(alert.path("id").asText() + " "
                            + alert.path("status").asText()));
            heard.add(new Heard(
                    exchange.getRequestURI().getPath().substring(1),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    body.path("type").asText(),
                    Instant.parse(body.path("timestamp").asText()),
                    alerts));
            exchange.sendResponseHeaders(
                    answers.getOrDefault(exchange.getRequestURI().getPath().substring(1), 204), -1);
            exchange.close();
        });
        server.start();
    }

    String url(String channelId) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + channelId;
    }

    void answer(String channelId, int status) {
        answers.put(channelId, status);
    }

    List<Heard> heard(String channelId) {
        return heard.stream().filter(one -> one.path().equals(channelId)).toList();
    }

    List<String> alerts(String channelId) {
        return heard(channelId).stream().flatMap(one -> one.alerts().stream()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
