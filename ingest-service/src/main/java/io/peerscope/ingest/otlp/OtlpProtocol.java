package io.peerscope.ingest.otlp;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.http.Credentials;
import io.peerscope.ingest.http.Encoding;
import io.peerscope.ingest.http.MediaType;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.http.Opening.Objection;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** OpenTelemetry's metrics over HTTP, in protobuf and JSON. There is no gRPC. */
public final class OtlpProtocol implements Protocol {
    public static final String PATH = "/v1/metrics";
    /** What the specification recommends. */
    public static final int RECOMMENDED_BODY = 20 << 20;

    private static final Set<Encoding> ENCODINGS = EnumSet.of(Encoding.NONE, Encoding.GZIP);

    private final OtlpDecoder decoder;
    private final int maxBody;

    /** @param maxBody most bytes of a body, as sent and as decompressed */
    public OtlpProtocol(MetricCatalogue catalogue, int maxBody) {
        this.decoder = new OtlpDecoder(catalogue, maxBody);
        this.maxBody = maxBody;
    }

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public List<String> paths() {
        return List.of(PATH);
    }

    /** Exporters can be given any header; those of some vendors only know Basic. */
    @Override
    public Optional<String> token(HttpServerRequest request) {
        return Credentials.bearer(request).or(() -> Credentials.basicPassword(request));
    }

    @Override
    public Opening open(HttpServerRequest request) {
        Optional<Encoding> encoding = Encoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING), ENCODINGS);
        if (encoding.isEmpty()) {
            return new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip or left out");
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (MediaType.isProtobuf(type)) {
            return new Opening.Reading(encoding.get(), maxBody, decoder.protobuf());
        }
        if (type != null && MediaType.isJson(type)) {
            return new Opening.Reading(encoding.get(), maxBody, decoder.json());
        }
        return new Objection(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/x-protobuf or application/json");
    }

    @Override
    public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        new OtlpAnswer(response, MediaType.isProtobuf(type), MediaType.bare(type)).write(reply);
    }
}
