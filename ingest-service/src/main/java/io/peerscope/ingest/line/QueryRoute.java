package io.peerscope.ingest.line;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.http.Connections;
import io.peerscope.ingest.http.Doorkeeper;
import io.peerscope.ingest.http.Doorkeeper.Access;
import io.peerscope.ingest.http.Parameters;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.quota.Strangers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code GET} and {@code POST /query} as far as writers of version 1 need it: databases and retention policies can be
 * made, which does nothing, and listed. Data are read elsewhere.
 */
public final class QueryRoute {
    public static final String PATH = "/query";
    private static final int ORDER = -3;
    private static final String DATABASE = "peerscope";
    private static final int LONGEST = 8 * 1024;
    private static final List<String> WITHOUT_EFFECT =
            List.of("create database", "create retention policy", "alter retention policy");

    private final Doorkeeper doorkeeper;
    private final Strangers strangers;
    private final Duration bodyTimeout;

    /** @param bodyTimeout how long a form may take to arrive */
    public QueryRoute(Doorkeeper doorkeeper, Strangers strangers, Duration bodyTimeout) {
        this.doorkeeper = doorkeeper;
        this.strangers = strangers;
        this.bodyTimeout = bodyTimeout;
    }

    public void register(Router router) {
        router.route(PATH)
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .order(ORDER)
                .handler(this::begin);
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        switch (LineProtocol.credential(request).map(doorkeeper::admit).orElseGet(Access.Unknown::new)) {
            case Access.Granted granted -> read(context);
            case Access.Reader reader ->
                refuse(context, ErrorCode.FORBIDDEN, "only tokens of hosts and fleets write metrics");
            case Access.Unknown unknown -> stranger(context);
            case Access.Expired expired -> refuse(context, ErrorCode.UNAUTHENTICATED, expired.advice());
            case Access.NotYetKnown notYet -> {
                context.response().putHeader(HttpHeaders.RETRY_AFTER, "2");
                refuse(context, ErrorCode.KAFKA_UNAVAILABLE, "the credentials have not been read yet; try again");
            }
        }
    }

    private void stranger(RoutingContext context) {
        int pause = strangers.wrong(context.request().remoteAddress().hostAddress());
        if (pause > 0) {
            Connections.endAfter(context.request());
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(pause));
            refuse(context, ErrorCode.QUOTA_EXCEEDED, Strangers.TOO_MANY);
        } else {
            refuse(context, ErrorCode.UNAUTHENTICATED, "");
        }
    }

    /** A query stands in the address, or in the body as the field of a form. */
    private void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!Parameters.areReadable(request)) {
            refuse(context, ErrorCode.BAD_PARAMETER, "the address cannot be decoded");
            return;
        }
        Optional<String> inAddress = Parameters.find(request, "q");
        if (inAddress.isPresent() || request.method().equals(HttpMethod.GET)) {
            answer(context, inAddress.orElse(""));
            return;
        }
        String type =
                Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)).orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            refuse(context, ErrorCode.MISSING_FIELD, "missing required parameter \"q\"");
            return;
        }
        if (declaredLength(request) > LONGEST) {
            tooLong(context);
            return;
        }
        readForm(context);
    }

    private void readForm(RoutingContext context) {
        HttpServerRequest request = context.request();
        long timer = context.vertx()
                .setTimer(bodyTimeout.toMillis(), late -> request.connection().close());
        AtomicInteger length = new AtomicInteger(); // used on the event loop only
        request.setExpectMultipart(true);
        request.handler(part -> {
            if (length.addAndGet(part.length()) > LONGEST) {
                Connections.endAfter(request);
                tooLong(context);
            }
        });
        request.exceptionHandler(broken -> {
            context.vertx().cancelTimer(timer);
            refuse(context, ErrorCode.MALFORMED, "the form cannot be read");
        });
        request.endHandler(end -> {
            context.vertx().cancelTimer(timer);
            answer(context, Optional.ofNullable(request.getFormAttribute("q")).orElse(""));
        });
    }

    private static void tooLong(RoutingContext context) {
        refuse(context, ErrorCode.BODY_TOO_LARGE, "at most " + LONGEST + " bytes");
    }

    /** -1 where the sender does not say. */
    private static long declaredLength(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return header == null ? -1 : Long.parseLong(header.strip());
    }

    private static void answer(RoutingContext context, String query) {
        List<Map<String, ?>> results = new ArrayList<>();
        for (String statement : query.split(";", 100)) {
            String words = statement.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
            if (words.isEmpty()) {
                continue;
            }
            if (WITHOUT_EFFECT.stream().anyMatch(words::startsWith)) {
                results.add(Map.of("statement_id", results.size()));
            } else if (words.equals("show databases")) {
                results.add(Map.of("statement_id", results.size(), "series", List.of(databases())));
            } else {
                refuse(
                        context,
                        ErrorCode.BAD_PARAMETER,
                        "error parsing query: only CREATE DATABASE and the like are"
                                + " understood here; read data from /api/v1/metrics");
                return;
            }
        }
        if (results.isEmpty()) {
            refuse(context, ErrorCode.MISSING_FIELD, "missing required parameter \"q\"");
            return;
        }
        if (context.response().ended()) {
            return;
        }
        context.response()
                .putHeader(LineAnswer.VERSION_HEADER, LineAnswer.VERSION)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(Json.encode(Map.of("results", results))));
    }

    private static Map<String, ?> databases() {
        return Map.of("name", "databases", "columns", List.of("name"), "values", List.of(List.of(DATABASE)));
    }

    private static void refuse(RoutingContext context, ErrorCode code, String detail) {
        if (!context.response().ended()) {
            LineAnswer.write(LineApi.V1, context.response(), new Reply.Refused(code, detail, List.of()));
        }
    }
}
