package io.peerscope.gateway.socket;

import io.netty.channel.ChannelOption;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.security.Role;
import io.peerscope.foundation.log.AccessLog;
import io.peerscope.foundation.security.Principal;
import io.peerscope.gateway.access.OriginPolicy;
import io.peerscope.gateway.access.Presented;
import io.peerscope.gateway.conversation.Conversation;
import io.peerscope.gateway.conversation.Limits;
import io.peerscope.gateway.page.Problems;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The door of {@code /monitor}: who may not come in learns it as an HTTP answer, before there is a socket. */
public final class MonitorEndpoint implements Handler<RoutingContext> {
    private static final String PROTECTED_COOKIE = "__Host-sid";
    /** For loopback without TLS, where browsers refuse the protected name. */
    private static final String PLAIN_COOKIE = "sid";

    /** Linux takes it twice; together with what waits above, still less than one client may have waiting. */
    private static final int KERNEL_BUFFER = 128 << 10;

    /** In the query: large frames come as binary messages, each of which is the gzip of its JSON. */
    private static final String ENCODING = "encoding";

    private static final String GZIP = "gzip";

    private final Vertx vertx;
    private final MonitorHub hub;
    private final OriginPolicy origins;
    private final Function<Presented, Optional<Principal>> directory;
    private final Supplier<Conversation> conversations;
    private final Limits limits;
    private final int mostConnections;
    private final LongSupplier clock;

    public MonitorEndpoint(
            Vertx vertx,
            MonitorHub hub,
            OriginPolicy origins,
            Function<Presented, Optional<Principal>> directory,
            Supplier<Conversation> conversations,
            Limits limits,
            int mostConnections,
            LongSupplier clock) {
        this.vertx = vertx;
        this.hub = hub;
        this.origins = origins;
        this.directory = directory;
        this.conversations = conversations;
        this.limits = limits;
        this.mostConnections = mostConnections;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        Optional<Presented> presented = Presented.in(
                header(request, "Authorization"),
                header(request, "Sec-WebSocket-Protocol"),
                cookie(request, PROTECTED_COOKIE).or(() -> cookie(request, PLAIN_COOKIE)));
        boolean byCookie =
                presented.filter(Presented.SessionCookie.class::isInstance).isPresent();
        String authority =
                request.authority() == null ? "" : request.authority().toString();
        if (presented.isPresent() && !origins.admits(header(request, "Origin"), authority, byCookie)) {
            Problems.send(exchange, ErrorCode.FORBIDDEN, "this origin may not connect");
            return;
        }
        Optional<Principal> principal = presented.flatMap(directory);
        principal.ifPresent(caller -> AccessLog.who(exchange, caller.name()));
        if (principal.isEmpty()) {
            Problems.send(exchange, ErrorCode.UNAUTHENTICATED, "no valid session or token");
        } else if (!principal.get().may(Role.VIEWER)) {
            Problems.send(exchange, ErrorCode.FORBIDDEN, "this credential may only write metrics");
        } else if (hub.size() >= mostConnections) {
            Problems.send(exchange, ErrorCode.OVERLOADED, "there are too many live connections");
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            exchange.response().putHeader("Upgrade", "websocket");
            Problems.send(exchange, 426, ErrorCode.BAD_PARAMETER, "this address speaks WebSocket only");
        } else {
            upgrade(exchange, principal.get());
        }
    }

    private void upgrade(RoutingContext exchange, Principal principal) {
        HttpServerRequest request = exchange.request();
        @Nullable String encoding;
        try {
            encoding = request.getParam(ENCODING);
        } catch (IllegalArgumentException e) {
            Problems.send(exchange, ErrorCode.BAD_PARAMETER, "the query cannot be read: " + e.getMessage());
            return;
        }
        if (encoding != null && !encoding.equals(GZIP)) {
            Problems.send(exchange, ErrorCode.BAD_PARAMETER, ENCODING + " may be " + GZIP + ", or left away");
            return;
        }
        boolean packed = encoding != null;
        HttpConnection connection = request.connection();
        boundKernel(connection);
        request.toWebSocket().onSuccess(socket -> join(socket, () -> cut(connection), principal, packed));
    }

    private void join(ServerWebSocket socket, Runnable cut, Principal principal, boolean packed) {
        Context context = vertx.getOrCreateContext();
        hub.add(new MonitorConnection(socket, cut, context, conversations.get(), principal, packed, limits, clock));
    }

    /** Otherwise the kernel keeps megabytes for each client that does not read, and counts them as this process's. */
    private static void boundKernel(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER);
        }
    }

    /** Vert.x itself only ends a socket once its close frame is written, for which somebody has to read. */
    private static void cut(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            base.channel().close();
        }
    }

    private static Optional<String> header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    private static Optional<String> cookie(HttpServerRequest request, String name) {
        @Nullable Cookie cookie = request.getCookie(name);
        return Optional.ofNullable(cookie).map(Cookie::getValue);
    }
}
