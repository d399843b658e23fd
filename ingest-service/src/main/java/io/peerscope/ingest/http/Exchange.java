package io.peerscope.ingest.http;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.http.Doorkeeper.Access;
import io.peerscope.ingest.http.Encoding.Body;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.json.UndecodableException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. What can be refused by the head is refused before the body is read. State is touched on
 * the request's event loop only.
 */
final class Exchange {
    private static final Logger LOG = Logger.getLogger(Exchange.class);
    /** So much of an unwanted body is read and thrown away to keep the connection; with more it is closed. */
    private static final long WORTH_KEEPING = 64 * 1024;
    /** How long a sender whom we refused may go on sending before we hang up, milliseconds. */
    private static final long LINGER = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final IngestRoute.Parts parts;
    private boolean answered;

    Exchange(RoutingContext routing, IngestRoute.Parts parts) {
        this.vertx = routing.vertx();
        this.request = routing.request();
        this.response = routing.response();
        this.parts = parts;
    }

    /** A reason to answer without the body. */
    private record Objection(ErrorCode code, String detail) {}

    void begin() {
        parts.meter().request();
        if (!request.method().equals(HttpMethod.POST)) {
            turnAway(ErrorCode.METHOD_NOT_ALLOWED, "use POST");
            return;
        }
        switch (access()) {
            case Access.Unknown unknown ->
                turnAway(ErrorCode.UNAUTHENTICATED, "send Authorization: Bearer with the token of a host or a fleet");
            case Access.NotYetKnown notYet ->
                turnAway(ErrorCode.KAFKA_UNAVAILABLE, "the credentials have not been read yet; try again");
            case Access.Forbidden forbidden ->
                turnAway(ErrorCode.FORBIDDEN, "only tokens of hosts and fleets write metrics");
            case Access.Granted granted -> {
                Optional<Encoding> encoding = Encoding.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
                Optional<Objection> objection = objection(encoding.isPresent());
                if (objection.isPresent()) {
                    turnAway(objection.get().code(), objection.get().detail());
                } else {
                    enter(granted.sender(), encoding.orElseThrow());
                }
            }
        }
    }

    private Access access() {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Access.Unknown();
        }
        return parts.doorkeeper().admit(header.substring(7).strip());
    }

    private Optional<Objection> objection(boolean knownEncoding) {
        if (!MediaType.isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            return Optional.of(new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "send application/json in UTF-8"));
        }
        if (!knownEncoding) {
            return Optional.of(
                    new Objection(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding may be gzip, zstd or left out"));
        }
        if (declaredLength() > parts.limits().body()) {
            return Optional.of(tooLarge());
        }
        return Optional.empty();
    }

    private Objection tooLarge() {
        return new Objection(
                ErrorCode.BODY_TOO_LARGE, "at most " + parts.limits().body() + " bytes");
    }

    /** -1 where the sender does not say; the HTTP parser has checked that it is a number. */
    private long declaredLength() {
        String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? -1 : Long.parseLong(header.strip());
    }

    private void enter(Sender sender, Encoding encoding) {
        Optional<InFlight.Share> entered = parts.inFlight().enter();
        if (entered.isEmpty()) {
            turnAway(ErrorCode.OVERLOADED, "this instance is stopping");
            return;
        }
        InFlight.Share share = entered.get();
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            response.writeContinue();
        }
        BodyReading.of(
                request,
                vertx,
                parts.limits().body(),
                parts.limits().bodyTimeout(),
                share,
                declaredLength(),
                result -> {
                    switch (result) {
                        case BodyReading.Result.Whole whole -> process(whole.body(), encoding, sender, share);
                        case BodyReading.Result.TooLarge tooLarge -> {
                            share.close();
                            turnAway(tooLarge().code(), tooLarge().detail());
                        }
                        case BodyReading.Result.NoMemory noMemory -> {
                            share.close();
                            turnAway(ErrorCode.OVERLOADED, "too many bytes are in flight");
                        }
                        case BodyReading.Result.Broken broken -> {
                            share.close();
                            parts.meter().turnedAway(ErrorCode.MALFORMED);
                            answered = true;
                            request.connection().close();
                        }
                    }
                });
    }

    private void process(Body body, Encoding encoding, Sender sender, InFlight.Share share) {
        long receivedAt = parts.clock().getAsLong();
        long timer = vertx.setTimer(parts.limits().deadline().toMillis(), late -> late());
        Context context = vertx.getOrCreateContext();
        // what is packed may become many times as large
        int work = encoding == Encoding.NONE ? body.length() : 8 * Math.min(body.length(), HttpLimits.INLINE);
        CompletionStage<Reply> reply;
        if (work <= HttpLimits.INLINE) {
            reply = takeIn(body, encoding, sender, share, receivedAt);
        } else {
            reply = vertx.executeBlocking(() -> takeIn(body, encoding, sender, share, receivedAt), false)
                    .toCompletionStage()
                    .thenCompose(stage -> stage);
        }
        reply.whenComplete((outcome, failure) -> context.runOnContext(back -> {
            vertx.cancelTimer(timer);
            share.close();
            answer(failure == null && outcome != null ? outcome : failed(failure));
        }));
    }

    private CompletionStage<Reply> takeIn(
            Body body, Encoding encoding, Sender sender, InFlight.Share share, long receivedAt) {
        Draft draft;
        try {
            Body plain = encoding.unpack(body, parts.limits().body(), share);
            draft = parts.decoder().decode(plain.bytes(), plain.length());
        } catch (UndecodableException e) {
            parts.meter().undecodable(e.code());
            return CompletableFuture.completedStage(new Reply.Refused(e.code(), e.detail(), List.of()));
        } catch (RuntimeException e) {
            parts.meter().undecodable(ErrorCode.INTERNAL);
            return CompletableFuture.failedStage(e);
        }
        try {
            return parts.intake().submit(draft, sender, receivedAt);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** The sender must not wait for ever; the batch may still arrive, and counts once when it is sent again. */
    private void late() {
        answer(new Reply.Refused(ErrorCode.KAFKA_UNAVAILABLE, "not confirmed in time; send it again", List.of()));
    }

    private static Reply failed(@Nullable Throwable failure) {
        LOG.error("a request failed on our side", failure);
        return new Reply.Refused(ErrorCode.INTERNAL, "the batch was not taken", List.of());
    }

    private void answer(Reply reply) {
        if (!answered && !response.ended() && !response.closed()) {
            answered = true;
            Answer.write(response, reply);
        }
    }

    /**
     * Answers while the body may still be on its way. What is left of a large one is read and thrown away for a moment
     * before the connection closes: closing at once would reset it, and the sender would never see why.
     */
    private void turnAway(ErrorCode code, String detail) {
        parts.meter().turnedAway(code);
        Reply reply = new Reply.Refused(code, detail, List.of());
        boolean keep = request.isEnded()
                || request.headers().get(HttpHeaders.TRANSFER_ENCODING) == null && declaredLength() <= WORTH_KEEPING;
        if (keep || request.version() == HttpVersion.HTTP_2) {
            answer(reply);
            return;
        }
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.handler(discarded -> {});
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> request.connection().close());
        vertx.setTimer(LINGER, enough -> request.connection().close());
        answer(reply);
    }
}
