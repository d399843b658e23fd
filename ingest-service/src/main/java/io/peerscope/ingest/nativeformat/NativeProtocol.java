package io.peerscope.ingest.nativeformat;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
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

/** Peerscope's own format, {@code POST /api/v1/ingest}: JSON, or protobuf. The answer is JSON for both. */
public final class NativeProtocol implements Protocol {
    public static final String PATH = "/api/v1/ingest";
    private static final Set<Encoding> ENCODINGS = EnumSet.of(Encoding.NONE, Encoding.GZIP, Encoding.ZSTD);

    private final JsonBatchDecoder json;
    private final ProtobufBatchDecoder protobuf;
    private final int maxBody;

    /** @param maxBody most bytes of a body, as sent and as decompressed */
    public NativeProtocol(int maxPoints, int maxBody) {
        this.json = new JsonBatchDecoder(maxPoints, maxBody);
        this.protobuf = new ProtobufBatchDecoder(maxPoints);
        this.maxBody = maxBody;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public List<String> paths() {
        return List.of(PATH);
    }

    @Override
    public Opening open(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean isJson = MediaType.isJson(type);
        if (!isJson && !MediaType.isProtobuf(type)) {
            return new Objection(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "send application/json in UTF-8, or application/x-protobuf");
        }
        Optional<Encoding> encoding = Encoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING), ENCODINGS);
        if (encoding.isEmpty()) {
            return new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip, zstd or left out");
        }
        Opening.Decoder decoder = isJson
                ? (body, length, sender) -> Decoded.of(json.decode(body, length))
                : (body, length, sender) -> Decoded.of(protobuf.decode(body, length));
        return new Opening.Reading(encoding.get(), maxBody, decoder);
    }

    @Override
    public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        NativeAnswer.write(response, reply);
    }
}
