package io.peerscope.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.event.NetworkEvent;
import io.peerscope.contracts.json.Json;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.analytics.AnalyticsProtocol;
import io.peerscope.ingest.events.EventIntake;
import io.peerscope.ingest.events.EventsProtocol;
import io.peerscope.ingest.http.Doorkeeper.Access;
import io.peerscope.ingest.intake.BatchLog;
import io.peerscope.ingest.intake.FakeReceiptLog;
import io.peerscope.ingest.intake.Intake;
import io.peerscope.ingest.intake.TallyMeter;
import io.peerscope.ingest.line.LineApi;
import io.peerscope.ingest.line.LineDecoder;
import io.peerscope.ingest.line.LineProtocol;
import io.peerscope.ingest.line.PingRoute;
import io.peerscope.ingest.line.QueryRoute;
import io.peerscope.ingest.nativeformat.NativeProtocol;
import io.peerscope.ingest.otlp.OtlpProtocol;
import io.peerscope.ingest.quota.Quotas;
import io.peerscope.ingest.quota.Strangers;
import io.peerscope.ingest.remotewrite.RemoteWriteProtocol;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** The route behind a real HTTP server, with a client. Tokens: {@code h1}, {@code fleet}, {@code viewer}, {@code early},
 * {@code expired}. */
public final class Door implements AutoCloseable {
    public static final String POINT = "{\"host\":\"h1\",\"points\":[{\"timestamp\":" + Drafts.NOW
            + ",\"fields\":{\"cpu_usage\":50,\"memory_usage\":70}}]}";

    public final TallyMeter meter = new TallyMeter();
    public final InFlight inFlight;
    public final FakeReceiptLog receipts = new FakeReceiptLog();
    public final List<NetworkEvent> events = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public Door(BatchLog log, HttpLimits limits, long mostBytes) {
        this(log, limits, mostBytes, Quotas.unlimited());
    }

    public Door(BatchLog log, HttpLimits limits, long mostBytes, Quotas quotas) {
        this(log, limits, mostBytes, quotas, UnaryOperator.identity(), () -> Drafts.NOW, host -> 0);
    }

    /** @param around what stands in the place of each protocol */
    public Door(BatchLog log, HttpLimits limits, long mostBytes, UnaryOperator<Protocol> around) {
        this(log, limits, mostBytes, around, () -> Drafts.NOW);
    }

    /** @param clock epoch milliseconds; for senders who cannot be told what time it is */
    public Door(BatchLog log, HttpLimits limits, long mostBytes, UnaryOperator<Protocol> around, LongSupplier clock) {
        this(log, limits, mostBytes, Quotas.unlimited(), around, clock, host -> 0);
    }

    /** @param elsewhere what another instance added to a host's timestamps, milliseconds */
    public Door(BatchLog log, LongSupplier clock, ToLongFunction<String> elsewhere) {
        this(log, HttpLimits.standard(), 64 << 20, Quotas.unlimited(), UnaryOperator.identity(), clock, elsewhere);
    }

    private Door(
            BatchLog log,
            HttpLimits limits,
            long mostBytes,
            Quotas quotas,
            UnaryOperator<Protocol> around,
            LongSupplier clock,
            ToLongFunction<String> elsewhere) {
        inFlight = new InFlight(mostBytes);
        MetricCatalogue catalogue = MetricCatalogue.load();
        ClockSkew skew = new ClockSkew(100, elsewhere);
        Admission admission = new Admission(catalogue, skew, Limits.standard());
        Intake intake = new Intake(
                admission, log, receipts, 100, () -> UUID.randomUUID().toString(), meter);
        EventIntake eventIntake = new EventIntake(catalogue, skew, Limits.standard(), this::keep, meter);
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(new NativeProtocol(10_000, limits.body()));
        protocols.add(new RemoteWriteProtocol(catalogue, limits.body(), 1));
        LineDecoder lines = new LineDecoder(catalogue);
        protocols.add(new LineProtocol(LineApi.V1, lines, limits.body()));
        protocols.add(new LineProtocol(LineApi.V2, lines, limits.body()));
        protocols.add(new OtlpProtocol(catalogue, OtlpProtocol.RECOMMENDED_BODY));
        protocols.addAll(AnalyticsProtocol.both(catalogue, "p2p-analytics"));
        protocols.add(new EventsProtocol(eventIntake));
        Router router = Router.router(vertx);
        new PingRoute().register(router);
        Strangers strangers = new Strangers(System::nanoTime);
        new QueryRoute(Door::access, strangers, limits.bodyTimeout()).register(router);
        new IngestRoutes(
                        protocols.stream().map(around).toList(),
                        new IngestRoutes.Parts(
                                Door::access, intake, inFlight, limits, meter, clock, quotas, strangers, Tracer.off()))
                .register(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private CompletionStage<BatchLog.Outcome> keep(List<NetworkEvent> more) {
        events.addAll(more);
        return CompletableFuture.completedStage(new BatchLog.Outcome.Durable());
    }

    private static Access access(String token) {
        return switch (token) {
            case "h1" -> new Access.Granted(new Sender.OneHost("h1"));
            case "fleet" -> new Access.Granted(new Sender.AnyHost());
            case "viewer" -> new Access.Reader();
            case "expired" -> new Access.Expired(Instant.parse("2026-11-01T00:00:00Z"));
            case "early" -> new Access.NotYetKnown();
            default -> new Access.Unknown();
        };
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    public HttpRequest.Builder request() {
        return request(NativeProtocol.PATH);
    }

    /** @param path and query */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(10));
    }

    public Response post(String path, String token, String json) throws Exception {
        return send(request(path)
                .headers("Authorization", "Bearer " + token, "Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public Response post(String json) throws Exception {
        return post(BodyPublishers.ofString(json), "Authorization", "Bearer fleet", "Content-Type", "application/json");
    }

    public Response post(BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request = request().POST(body);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public Response send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Response(response, json ? Json.mapper().readTree(response.body()) : MissingNode.getInstance());
    }

    /** For what no client does: the bytes as given, the answer as it comes until the server hangs up or falls silent. */
    public Socket raw(String head) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout(5000);
        socket.getOutputStream().write(head.getBytes(UTF_8));
        return socket;
    }

    public static String head(String... headers) {
        StringBuilder head = new StringBuilder("POST " + NativeProtocol.PATH + " HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    public record Response(HttpResponse<byte[]> http, JsonNode json) {
        public int status() {
            return http.statusCode();
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        public String code() {
            return json.path("code").asText();
        }
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
