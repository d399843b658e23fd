package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.http.Credentials;
import io.peerscope.ingest.http.Encoding;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.http.Opening.Objection;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.protobuf.RowHeads;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Prometheus remote write 1.0 and 2.0, {@code POST /api/v1/write}. */
public final class RemoteWriteProtocol implements Protocol {
    public static final String PATH = "/api/v1/write";

    private final WriteRequestDecoder v1;
    private final RequestV2Decoder v2;
    private final int maxBody;

    /**
     * @param maxBody most bytes of a body, as sent and as decompressed
     * @param seed what nobody outside can guess
     */
    public RemoteWriteProtocol(MetricCatalogue catalogue, int maxBody, long seed) {
        SeriesReading reading = new SeriesReading(seed, catalogue);
        SeriesCache cache = SeriesCache.standard(seed);
        RowHeads heads = new RowHeads();
        ThreadLocal<Collected> collected = ThreadLocal.withInitial(Collected::new);
        this.v1 = new WriteRequestDecoder(reading, cache, heads, new MetricTypes(), collected);
        this.v2 = new RequestV2Decoder(reading, cache, heads, collected);
        this.maxBody = maxBody;
    }

    /** Reads a message of 1.0 that has been decompressed; apart from HTTP, so that it can be measured alone. */
    public Opening.Decoder decoder() {
        return v1::decode;
    }

    /** Exemplars of 1.0, of which senders are not told; those of 2.0 they are. */
    public long droppedExemplars() {
        return v1.droppedExemplars();
    }

    /** Native histograms of either version; senders are told. */
    public long refusedHistograms() {
        return v1.refusedHistograms() + v2.refusedHistograms();
    }

    @Override
    public String name() {
        return "remote_write";
    }

    @Override
    public List<String> paths() {
        return List.of(PATH);
    }

    @Override
    public Optional<String> token(HttpServerRequest request) {
        return Credentials.bearer(request).or(() -> Credentials.basicPassword(request));
    }

    @Override
    public Opening open(HttpServerRequest request) {
        Optional<MessageVersion> version = version(request);
        if (version.isEmpty()) {
            return new Objection(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "send application/x-protobuf, with proto=prometheus.WriteRequest or"
                            + " io.prometheus.write.v2.Request");
        }
        List<String> encodings = request.headers().getAll(HttpHeaders.CONTENT_ENCODING);
        // who says nothing means snappy, as Prometheus has it
        boolean silent = encodings.isEmpty() || encodings.equals(List.of(""));
        if (!silent && Encoding.of(encodings, Set.of(Encoding.SNAPPY)).isEmpty()) {
            return new Objection(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding must be snappy, in its block format");
        }
        return new Opening.Reading(
                Encoding.SNAPPY,
                maxBody,
                switch (version.get()) {
                    case V1 -> decoder();
                    case V2 -> v2::decode;
                });
    }

    private static Optional<MessageVersion> version(HttpServerRequest request) {
        return MessageVersion.of(request.getHeader(HttpHeaders.CONTENT_TYPE));
    }

    @Override
    public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        boolean counts = version(request).filter(MessageVersion.V2::equals).isPresent();
        RemoteWriteAnswer.write(response, reply, counts);
    }
}
