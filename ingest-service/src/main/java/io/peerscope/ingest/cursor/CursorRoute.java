package io.peerscope.ingest.cursor;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.http.Connections;
import io.peerscope.ingest.http.Credentials;
import io.peerscope.ingest.http.Doorkeeper;
import io.peerscope.ingest.http.Parameters;
import io.peerscope.ingest.quota.Strangers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/ingest/cursor?host=}: for the host itself, fleets, and people. */
public final class CursorRoute {
    public static final String PATH = "/api/v1/ingest/cursor";
    private static final int ORDER = -3;
    private static final String HOST = "host";

    /** Port to what is known of hosts. Answers at once, from memory. */
    public interface Cursors {
        Optional<Cursor> of(String host);

        /** Whether a host that is not found is really unknown. */
        boolean complete();
    }

    private record Answer(
            String host, @Nullable Instant newest, @Nullable Long newestMs) {}

    private final Doorkeeper doorkeeper;
    private final Strangers strangers;
    private final Cursors cursors;

    public CursorRoute(Doorkeeper doorkeeper, Strangers strangers, Cursors cursors) {
        this.doorkeeper = doorkeeper;
        this.strangers = strangers;
        this.cursors = cursors;
    }

    public void register(Router router) {
        router.route(PATH).order(ORDER).handler(routing -> answer(routing.request(), routing.response()));
    }

    private void answer(HttpServerRequest request, HttpServerResponse response) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (!request.method().equals(HttpMethod.GET)) {
            response.putHeader(HttpHeaders.ALLOW, "GET");
            refuse(response, ErrorCode.METHOD_NOT_ALLOWED, "use GET");
            return;
        }
        if (!Parameters.areReadable(request)) {
            refuse(response, ErrorCode.BAD_PARAMETER, "the address cannot be decoded");
            return;
        }
        for (String name : request.params().names()) {
            if (!name.equals(HOST)) {
                refuse(response, ErrorCode.UNKNOWN_FIELD, "no such parameter; there is host", Shown.plain(name));
                return;
            }
        }
        String host = Optional.ofNullable(request.getParam(HOST)).orElse("");
        switch (Credentials.bearer(request).map(doorkeeper::admit).orElseGet(Doorkeeper.Access.Unknown::new)) {
            case Doorkeeper.Access.Unknown unknown -> stranger(request, response);
            case Doorkeeper.Access.Expired expired -> {
                response.putHeader("WWW-Authenticate", "Bearer realm=\"peerscope\"");
                refuse(response, ErrorCode.UNAUTHENTICATED, expired.advice());
            }
            case Doorkeeper.Access.NotYetKnown notYet ->
                later(response, "the credentials have not been read yet; try again");
            case Doorkeeper.Access.Reader reader -> tell(response, host);
            case Doorkeeper.Access.Granted granted -> {
                switch (granted.sender()) {
                    case Sender.AnyHost any -> tell(response, host);
                    case Sender.OneHost own -> {
                        if (host.isEmpty() || host.equals(own.host())) {
                            tell(response, own.host());
                        } else {
                            refuse(response, ErrorCode.HOST_MISMATCH, "this token is of another host");
                        }
                    }
                }
            }
        }
    }

    private void stranger(HttpServerRequest request, HttpServerResponse response) {
        int pause = strangers.wrong(request.remoteAddress().hostAddress());
        if (pause > 0) {
            Connections.endAfter(request);
            response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(pause));
            refuse(response, ErrorCode.QUOTA_EXCEEDED, Strangers.TOO_MANY);
        } else {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"peerscope\"");
            refuse(response, ErrorCode.UNAUTHENTICATED, "send Authorization: Bearer with a valid token");
        }
    }

    private void tell(HttpServerResponse response, String host) {
        if (!Grammar.isHost(host)) {
            ErrorCode code = host.isEmpty() ? ErrorCode.MISSING_FIELD : ErrorCode.BAD_NAME;
            refuse(response, code, "host must be the name of a host", HOST);
            return;
        }
        Optional<Cursor> cursor = cursors.of(host);
        if (cursor.isEmpty() && !cursors.complete()) {
            later(response, "the hosts have not been read yet; try again");
            return;
        }
        OptionalLong newest = cursor.map(Cursor::known).orElseGet(OptionalLong::empty);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        Answer answer = newest.isPresent()
                ? new Answer(host, Instant.ofEpochMilli(newest.getAsLong()), newest.getAsLong())
                : new Answer(host, null, null);
        response.end(Buffer.buffer(Json.encode(answer)));
    }

    private static void later(HttpServerResponse response, String detail) {
        response.putHeader(HttpHeaders.RETRY_AFTER, "2");
        refuse(response, ErrorCode.KAFKA_UNAVAILABLE, detail);
    }

    private static void refuse(HttpServerResponse response, ErrorCode code, String detail) {
        refuse(response, Problem.of(code, detail));
    }

    private static void refuse(HttpServerResponse response, ErrorCode code, String detail, String field) {
        refuse(response, Problem.of(code, detail, List.of(Problem.Detail.of(field, code, detail))));
    }

    private static void refuse(HttpServerResponse response, Problem problem) {
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.end(Buffer.buffer(Json.encode(problem)));
    }
}
