package io.peerscope.benchmarks.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.benchmarks.body.Fleet;
import io.peerscope.benchmarks.measure.Watched;
import io.peerscope.contracts.json.Json;
import io.peerscope.embedded.FreePort;
import io.peerscope.testkit.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Somebody else's server, with its own defaults but for folder, addresses and the door that has to be open. */
final class Peer implements Server {
    private static final String DATABASE = "bench";

    private final Product product;
    private final ChildProcess program;
    private final URI address;
    private final Web web;

    private Peer(Product product, ChildProcess program, URI address) {
        this.product = product;
        this.program = program;
        this.address = address;
        this.web = new Web(address);
    }

    static Peer start(Product product, Path file, Path data) {
        try {
            Files.createDirectories(data);
            String listen = "127.0.0.1:" + FreePort.any();
            ChildProcess program = ChildProcess.start(
                    product.word(), command(product, file, data, listen), data, data.resolveSibling(product + ".log"));
            Peer peer = new Peer(product, program, URI.create("http://" + listen));
            try {
                peer.awaitReady();
            } catch (RuntimeException failed) {
                peer.close();
                throw failed;
            }
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(product + " cannot use " + data, e);
        }
    }

    private static List<String> command(Product product, Path file, Path data, String listen) throws IOException {
        return switch (product) {
            case VICTORIA_METRICS -> List.of(file.toString(), "-storageDataPath=" + data, "-httpListenAddr=" + listen);
            case PROMETHEUS -> {
                Path config = Files.writeString(data.resolve("prometheus.yml"), "");
                yield List.of(
                        file.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + data.resolve("tsdb"),
                        "--web.listen-address=" + listen,
                        "--web.enable-remote-write-receiver",
                        // for the count at the end
                        "--query.max-samples=1000000000");
            }
            case INFLUXDB -> {
                Path config =
                        Files.writeString(data.resolve("influxdb.conf"), """
                        reporting-disabled = true
                        bind-address = "127.0.0.1:%d"
                        [meta]
                          dir = "%2$s/meta"
                        [data]
                          dir = "%2$s/data"
                          wal-dir = "%2$s/wal"
                        [http]
                          bind-address = "%3$s"
                        """.formatted(FreePort.any(), data, listen));
                yield List.of(file.toString(), "-config", config.toString());
            }
            case PEERSCOPE -> throw new IllegalArgumentException("that is no peer");
        };
    }

    private void awaitReady() {
        web.awaitReady(
                program,
                switch (product) {
                    case VICTORIA_METRICS -> "/health";
                    case PROMETHEUS -> "/-/ready";
                    case INFLUXDB -> "/ping";
                    case PEERSCOPE -> "/";
                });
        if (product == Product.INFLUXDB) {
            web.post("/query", Map.of("q", "CREATE DATABASE " + DATABASE));
        }
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public List<Watched> programs() {
        return List.of(Watched.withDescendants(product.word(), program.program()));
    }

    @Override
    public String path(Format format) {
        return switch (format) {
            case REMOTE_WRITE, REMOTE_WRITE_SMALL -> "/api/v1/write";
            case LINE -> "/write?db=" + DATABASE;
            case PROTO, JSON -> throw new IllegalArgumentException(product + " does not speak " + format);
        };
    }

    @Override
    public String authorization() {
        return "";
    }

    @Override
    public long samples(Fleet fleet) {
        if (product == Product.INFLUXDB) {
            String all = "SELECT count(*) FROM " + Fleet.FAMILY;
            JsonNode row =
                    json(web.post("/query", Map.of("db", DATABASE, "q", all))).at("/results/0/series/0/values/0");
            long sum = 0;
            for (int i = 1; i < row.size(); i++) { // the first column is a time
                sum += row.path(i).asLong();
            }
            return sum;
        }
        if (product == Product.VICTORIA_METRICS) {
            web.get("/internal/force_flush"); // what came in the last seconds is not searched yet
        }
        String soon = Long.toString(Instant.now().getEpochSecond() + 30);
        long sum = 0;
        for (String field : fleet.fields()) {
            String all = "sum(count_over_time(%s[1h]))".formatted(Fleet.metric(field));
            JsonNode result = json(web.post("/api/v1/query", Map.of("query", all, "time", soon, "nocache", "1")));
            sum += result.at("/data/result/0/value/1").asLong();
        }
        return sum;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
