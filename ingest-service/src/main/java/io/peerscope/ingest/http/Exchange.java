package io.peerscope.ingest.http;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.foundation.log.AccessLog;
import io.peerscope.foundation.trace.Span;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.http.Doorkeeper.Access;
import io.peerscope.ingest.http.Encoding.Body;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.quota.Quota;
import io.peerscope.ingest.quota.Strangers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. What can be refused by the head is refused before the body is read. State is touched on
 * the request's event loop only.
 */
final class Exchange {
    private static final Logger LOG = Logger.getLogger(Exchange.class);
    private static final String NO_STORE = "no-store";
    /** So much of an unwanted body is read and thrown away to keep the connection; with more it is closed. */
    private static final long WORTH_KEEPING = 64 * 1024;
    /** How long a sender whom we refused may go on sending before we hang up, milliseconds. */
    private static final long LINGER = 1000;

    private final RoutingContext routing;
    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Protocol protocol;
    private final IngestRoutes.Parts parts;
    private final BodyIntake bodies;
    private Span span = Span.NONE;
    private @Nullable Quota quota;
    /** Whole seconds; 0: what is usual for the reason. */
    private volatile int retryAfter;

    private boolean answered;

    Exchange(RoutingContext routing, Protocol protocol, IngestRoutes.Parts parts, BodyIntake bodies) {
        AccessLog.frequent(routing);
        this.routing = routing;
        this.vertx = routing.vertx();
        this.request = routing.request();
        this.response = routing.response();
        this.protocol = protocol;
        this.parts = parts;
        this.bodies = bodies;
    }

    void begin() {
        parts.meter().request(protocol.name());
        if (!request.method().equals(HttpMethod.POST)) {
            turnAway(ErrorCode.METHOD_NOT_ALLOWED, "use POST");
            return;
        }
        if (isOddlyFramed()) {
            hangUp(ErrorCode.MALFORMED, "the only Transfer-Encoding is chunked");
            return;
        }
        switch (access()) {
            case Access.Unknown unknown -> stranger();
            case Access.Expired expired -> turnAway(ErrorCode.UNAUTHENTICATED, expired.advice());
            case Access.NotYetKnown notYet ->
                turnAway(ErrorCode.KAFKA_UNAVAILABLE, "the credentials have not been read yet; try again");
            case Access.Reader reader -> turnAway(ErrorCode.FORBIDDEN, "only tokens of hosts and fleets write metrics");
            case Access.Granted granted -> {
                String account = granted.account().isEmpty() ? "fleet" : granted.account();
                AccessLog.who(routing, account);
                trace(account);
                quota = parts.quotas().of(granted.sender(), granted.account());
                retryAfter = quota.request();
                if (retryAfter > 0) {
                    turnAway(ErrorCode.QUOTA_EXCEEDED, BodyIntake.OVER_QUOTA);
                    return;
                }
                switch (protocol.open(request)) {
                    case Opening.Objection objection -> turnAway(objection.code(), objection.detail());
                    case Opening.Welcome reading -> {
                        if (declaredLength() > reading.limit()) {
                            turnAway(ErrorCode.BODY_TOO_LARGE, atMost(reading));
                        } else {
                            enter(granted.sender(), reading);
                        }
                    }
                }
            }
        }
    }

    /**
     * A proxy before us may see the end of such a body elsewhere than we do. Of both headers together the HTTP parser
     * keeps chunked, as RFC 9112 has it, and tells nobody that there was a length.
     */
    private boolean isOddlyFramed() {
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null) {
            return false;
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() > 1 || !codings.getFirst().strip().equalsIgnoreCase("chunked");
    }

    /**
     * What came after the head might pass for a request of its own. It waits for the end of this answer, and so never gets
     * its turn: the connection ends before the answer does.
     */
    private void hangUp(ErrorCode code, String detail) {
        parts.meter().turnedAway(code);
        answered = true;
        Buffer said = Buffer.buffer(detail);
        response.setStatusCode(code.status())
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(said.length()))
                .write(said)
                .onComplete(told -> request.connection().close());
    }

    private void trace(String account) {
        if (parts.tracer().isOn()) {
            span = parts.tracer().request("POST " + request.path(), request.getHeader("traceparent"));
            span.note("http.request.method", "POST")
                    .note("url.path", request.path())
                    .note("peerscope.account", account);
            span.traceId().ifPresent(id -> AccessLog.trace(routing, id));
        }
    }

    private void stranger() {
        retryAfter = parts.strangers().wrong(request.remoteAddress().hostAddress());
        if (retryAfter > 0) {
            Connections.endAfter(request);
            turnAway(ErrorCode.QUOTA_EXCEEDED, Strangers.TOO_MANY);
        } else {
            turnAway(ErrorCode.UNAUTHENTICATED, "send Authorization: Bearer with the token of a host or a fleet");
        }
    }

    private Access access() {
        return protocol.token(request).map(parts.doorkeeper()::admit).orElseGet(Access.Unknown::new);
    }

    private static String atMost(Opening.Welcome reading) {
        return "at most " + reading.limit() + " bytes";
    }

    /** -1 where the sender does not say; the HTTP parser has checked that it is a number. */
    private long declaredLength() {
        String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? -1 : Long.parseLong(header.strip());
    }

    private void enter(Sender sender, Opening.Welcome reading) {
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
                request, vertx, reading.limit(), parts.limits().bodyTimeout(), share, declaredLength(), result -> {
                    switch (result) {
                        case BodyReading.Result.Whole whole -> process(whole.body(), reading, sender, share);
                        case BodyReading.Result.TooLarge tooLarge -> {
                            share.close();
                            turnAway(ErrorCode.BODY_TOO_LARGE, atMost(reading));
                        }
                        case BodyReading.Result.NoMemory noMemory -> {
                            share.close();
                            turnAway(ErrorCode.OVERLOADED, "too many bytes are in flight");
                        }
                        case BodyReading.Result.Broken broken -> {
                            share.close();
                            parts.meter().turnedAway(ErrorCode.MALFORMED);
                            answered = true;
                            span.failed("the body did not come to its end").end();
                            request.connection().close();
                        }
                    }
                });
    }

    private void process(Body body, Opening.Welcome reading, Sender sender, InFlight.Share share) {
        long receivedAt = parts.clock().getAsLong();
        long timer = vertx.setTimer(parts.limits().deadline().toMillis(), late -> late());
        Context context = vertx.getOrCreateContext();
        if (work(body, reading.encoding()) <= HttpLimits.INLINE) {
            takeIn(body, reading, sender, share, receivedAt)
                    .whenComplete((reply, failure) -> end(context, timer, share, reply, failure));
        } else {
            // nobody waits for its result, which would cost a way through the event loop
            vertx.executeBlocking(
                    () -> takeIn(body, reading, sender, share, receivedAt)
                            .whenComplete((reply, failure) -> end(context, timer, share, reply, failure)),
                    false);
        }
    }

    /** In bytes as they are read; what is packed may become many times as large, but snappy is quick. */
    private static int work(Body body, Encoding encoding) {
        int bounded = Math.min(body.length(), HttpLimits.INLINE);
        return switch (encoding) {
            case NONE -> body.length();
            case SNAPPY -> 2 * bounded;
            case GZIP, ZSTD -> 8 * bounded;
        };
    }

    private void end(
            Context context, long timer, InFlight.Share share, @Nullable Reply reply, @Nullable Throwable failure) {
        context.runOnContext(back -> {
            vertx.cancelTimer(timer);
            share.close();
            answer(failure == null && reply != null ? reply : failed(failure));
        });
    }

    private CompletionStage<Reply> takeIn(
            Body body, Opening.Welcome reading, Sender sender, InFlight.Share share, long receivedAt) {
        return bodies.take(body, reading, sender, share, receivedAt, this::overQuota, span);
    }

    private boolean overQuota(int samples) {
        retryAfter = quota == null ? 0 : quota.samples(samples);
        return retryAfter > 0;
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
            response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
            if (parts.inFlight().leaving()) {
                Connections.endAfter(request); // the next one goes to another instance
            }
            if (reply instanceof Reply.Refused refused) {
                headers(refused.code());
            }
            Quota known = quota;
            if (known != null && known.policy().isPresent()) {
                response.putHeader("RateLimit-Policy", known.policy().get());
                response.putHeader("RateLimit", known.state());
            }
            protocol.answer(request, response, reply);
            traced();
        } else {
            span.failed("nobody was there to be answered").end(); // unless it has ended
        }
    }

    private void traced() {
        if (!span.isTraced()) {
            return;
        }
        int status = response.getStatusCode();
        span.note("http.response.status_code", status);
        if (status >= 500) {
            span.failed(response.getStatusMessage());
        }
        span.end();
    }

    private void headers(ErrorCode code) {
        switch (code.status()) {
            case 401 -> response.putHeader("WWW-Authenticate", "Bearer realm=\"peerscope\"");
            case 405 -> response.putHeader(HttpHeaders.ALLOW, "POST");
            case 429, 503 -> {
                int usual = code == ErrorCode.OVERLOADED ? 1 : 2;
                response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter > 0 ? retryAfter : usual));
            }
            default -> {
                // nothing more to say
            }
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
        Connections.endAfter(request);
        request.handler(discarded -> {});
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> request.connection().close());
        vertx.setTimer(LINGER, enough -> request.connection().close());
        answer(reply);
    }
}
