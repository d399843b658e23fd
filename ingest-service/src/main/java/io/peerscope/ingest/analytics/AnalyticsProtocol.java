package io.peerscope.ingest.analytics;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.http.Encoding;
import io.peerscope.ingest.http.MediaType;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.http.Opening.Objection;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.nativeformat.NativeAnswer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/p2p/analytics/connection-metrics} and {@code …/streaming-metrics}; 201 where it was taken. */
public final class AnalyticsProtocol implements Protocol {
    private static final Set<Encoding> ENCODINGS = EnumSet.of(Encoding.NONE, Encoding.GZIP, Encoding.ZSTD);
    private static final int CREATED = 201;
    /** A body is one measurement. */
    private static final int MOST_BYTES = 64 * 1024;

    private final String name;
    private final String path;
    private final AnalyticsDecoder decoder;

    private AnalyticsProtocol(String name, String path, AnalyticsDecoder decoder) {
        this.name = name;
        this.path = path;
        this.decoder = decoder;
    }

    /** @param unnamedHost whom data belong to that come from a fleet and name no host */
    public static List<Protocol> both(MetricCatalogue catalogue, String unnamedHost) {
        return List.of(
                new AnalyticsProtocol(
                        "connection_metrics",
                        "/api/p2p/analytics/connection-metrics",
                        new AnalyticsDecoder(Form.CONNECTION, catalogue, unnamedHost)),
                new AnalyticsProtocol(
                        "streaming_metrics",
                        "/api/p2p/analytics/streaming-metrics",
                        new AnalyticsDecoder(Form.STREAM, catalogue, unnamedHost)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> paths() {
        return List.of(path);
    }

    @Override
    public Opening open(HttpServerRequest request) {
        if (!MediaType.isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            return new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "send application/json in UTF-8");
        }
        Optional<Encoding> encoding = Encoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING), ENCODINGS);
        if (encoding.isEmpty()) {
            return new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip, zstd or left out");
        }
        return new Opening.Reading(encoding.get(), MOST_BYTES, decoder::decode);
    }

    @Override
    public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        NativeAnswer.write(response, CREATED, reply);
    }
}
