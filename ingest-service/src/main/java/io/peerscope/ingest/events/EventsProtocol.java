package io.peerscope.ingest.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.http.Encoding;
import io.peerscope.ingest.http.MediaType;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.http.Opening.Objection;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.nativeformat.NativeAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/v1/events}. */
public final class EventsProtocol implements Protocol {
    public static final String PATH = "/api/v1/events";
    private static final Set<Encoding> ENCODINGS = EnumSet.of(Encoding.NONE, Encoding.GZIP, Encoding.ZSTD);
    private static final int MOST_EVENTS = 1000;
    private static final int MOST_BYTES = 1 << 20;

    private final EventsDecoder decoder = new EventsDecoder(MOST_EVENTS);
    private final EventIntake intake;

    private record Accepted(
            int accepted,
            int rejected,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Detail> errors) {}

    public EventsProtocol(EventIntake intake) {
        this.intake = intake;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public List<String> paths() {
        return List.of(PATH);
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
        return new Opening.Handling(
                encoding.get(),
                MOST_BYTES,
                (body, length, sender, receivedAt) -> intake.submit(decoder.decode(body, length), sender, receivedAt));
    }

    @Override
    public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        switch (reply) {
            case Reply.Accepted accepted -> {
                response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
                response.end(Buffer.buffer(
                        Json.encode(new Accepted(accepted.accepted(), accepted.rejected(), accepted.errors()))));
            }
            case Reply.Refused refused ->
                NativeAnswer.write(response, refused.code().status(), reply);
        }
    }
}
