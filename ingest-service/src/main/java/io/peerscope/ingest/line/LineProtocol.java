package io.peerscope.ingest.line;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.http.Credentials;
import io.peerscope.ingest.http.Encoding;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.http.Opening.Objection;
import io.peerscope.ingest.http.Parameters;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.Reply;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * InfluxDB's line protocol. Databases, buckets, organizations and retention policies are taken whatever they are called:
 * there is one place for all data. So is any content type, because old clients send that of a form.
 */
public final class LineProtocol implements Protocol {
    private static final Set<Encoding> ENCODINGS = EnumSet.of(Encoding.NONE, Encoding.GZIP);

    private final LineApi api;
    private final LineDecoder decoder;
    private final int maxBody;

    /** @param maxBody most bytes of a body, as sent and as decompressed */
    public LineProtocol(LineApi api, LineDecoder decoder, int maxBody) {
        this.api = api;
        this.decoder = decoder;
        this.maxBody = maxBody;
    }

    @Override
    public String name() {
        return "line";
    }

    @Override
    public List<String> paths() {
        return List.of(api.path());
    }

    @Override
    public Optional<String> token(HttpServerRequest request) {
        return credential(request);
    }

    /** All that clients of either version send; of a user and a password the password is the token. */
    static Optional<String> credential(HttpServerRequest request) {
        return first(
                () -> Credentials.scheme(request, "Token ").map(LineProtocol::afterColon),
                () -> Credentials.bearer(request),
                () -> Credentials.basicPassword(request),
                () -> Parameters.find(request, "p"));
    }

    @SafeVarargs
    private static Optional<String> first(Supplier<Optional<String>>... places) {
        for (Supplier<Optional<String>> place : places) {
            Optional<String> token = place.get();
            if (token.isPresent()) {
                return token;
            }
        }
        return Optional.empty();
    }

    private static String afterColon(String userAndPassword) {
        return userAndPassword.substring(userAndPassword.indexOf(':') + 1);
    }

    @Override
    public Opening open(HttpServerRequest request) {
        Optional<Encoding> encoding = Encoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING), ENCODINGS);
        if (encoding.isEmpty()) {
            return new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip or left out");
        }
        if (!Parameters.areReadable(request)) {
            return new Objection(ErrorCode.BAD_PARAMETER, "the address cannot be decoded");
        }
        String word = Parameters.find(request, "precision").orElse("");
        Optional<Precision> precision = word.isEmpty() ? Optional.of(Precision.NANOSECONDS) : api.precision(word);
        if (precision.isEmpty()) {
            return new Objection(ErrorCode.BAD_PARAMETER, "invalid precision; use one of " + api.precisionWords());
        }
        Precision unit = precision.get();
        return new Opening.Reading(encoding.get(), maxBody, new Lines(decoder, api, unit));
    }

    private record Lines(LineDecoder decoder, LineApi api, Precision unit) implements Opening.Decoder {
        /** Of a small body not worth counting. */
        private static final int SMALL = 1 << 20;
        /** Bytes of a field whose name was never seen, with all that is made of it. */
        private static final long FIELD = 200;

        @Override
        public Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException {
            return decoder.decode(body, length, api, unit, sender);
        }

        @Override
        public long cost(byte[] body, int length) {
            long fields = 0;
            for (int i = 0; length > SMALL && i < length; i++) {
                fields += body[i] == '=' ? 1 : 0;
            }
            return FIELD * fields;
        }
    }

    @Override
    public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        LineAnswer.write(api, response, reply);
    }
}
