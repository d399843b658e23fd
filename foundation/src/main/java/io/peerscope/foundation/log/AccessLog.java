package io.peerscope.foundation.log;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A line for each request that was answered: method, path, status, milliseconds, who, from where. Queries and headers are
 * left out, since they may hold what is nobody's business. Of what machines ask all the time (batches of metrics, probes,
 * scrapes) only what was refused is told, and of everything at most {@link Pace#LIMIT} lines a second: a flood of requests
 * must not become one of writes. {@code peerscope.log.access=false} turns it off.
 */
@ApplicationScoped
public class AccessLog {
    /** The logger's name, for the configuration of handlers. */
    public static final String LOGGER = "io.peerscope.access";

    private static final String WHO = "io.peerscope.access.who";
    private static final String TRACE = "io.peerscope.access.trace";
    private static final String FREQUENT = "io.peerscope.access.frequent";
    private static final Logger LOG = Logger.getLogger(LOGGER);
    private static final int BEFORE_ALL_ROUTES = Integer.MIN_VALUE;
    private static final int REFUSED = 400;
    private static final int LONGEST_PATH = 200;

    private final Pace pace = new Pace(System::nanoTime);

    /** Notes whose credential the request came with. */
    public static void who(RoutingContext exchange, String name) {
        exchange.put(WHO, name);
    }

    /** Notes in which trace the request is told of. */
    public static void trace(RoutingContext exchange, String traceId) {
        exchange.put(TRACE, traceId);
    }

    /** Notes that such requests come all the time, so that only a refusal is worth a line. */
    public static void frequent(RoutingContext exchange) {
        exchange.put(FREQUENT, true);
    }

    void register(@Observes Router router) {
        if (ConfigProvider.getConfig()
                .getOptionalValue("peerscope.log.access", Boolean.class)
                .orElse(true)) {
            on(router);
        }
    }

    void on(Router router) {
        router.route().order(BEFORE_ALL_ROUTES).handler(exchange -> {
            long begin = System.nanoTime();
            exchange.addEndHandler(ended -> answered(exchange, begin));
            exchange.next();
        });
    }

    private void answered(RoutingContext exchange, long begin) {
        int status = exchange.response().getStatusCode();
        if (status < REFUSED && (exchange.get(FREQUENT) != null || isProbe(exchange.request()))
                || !LOG.isInfoEnabled()) {
            return;
        }
        switch (pace.next()) {
            case Pace.Turn.Wait wait -> {}
            case Pace.Turn.Go go -> {
                if (go.leftOut() > 0) {
                    LOG.warnf("%d requests were left out of this log", go.leftOut());
                }
                write(exchange, status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            }
        }
    }

    private static void write(RoutingContext exchange, int status, long millis) {
        String who = exchange.get(WHO);
        SocketAddress from = exchange.request().remoteAddress();
        Map<String, String> fields = new HashMap<>(Map.of(
                "method", exchange.request().method().name(),
                "path", printable(exchange.request().path()),
                "status", Integer.toString(status),
                "millis", Long.toString(millis),
                "who", who == null ? "-" : printable(who),
                "from", from == null || from.hostAddress() == null ? "-" : from.hostAddress()));
        String trace = exchange.get(TRACE);
        if (trace != null) {
            fields.put("trace", trace);
        }
        fields.forEach(MDC::put);
        try {
            LOG.infof(
                    "%s %s %s %s ms %s %s",
                    fields.get("method"),
                    fields.get("path"),
                    fields.get("status"),
                    fields.get("millis"),
                    fields.get("who"),
                    fields.get("from"));
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    private static boolean isProbe(HttpServerRequest request) {
        String path = request.path();
        return path != null && (path.startsWith("/q/") || path.equals("/health") || path.equals("/metrics"));
    }

    /** A blank would be taken for the end of the field. */
    private static String printable(String text) {
        String cut = text.length() > LONGEST_PATH ? text.substring(0, LONGEST_PATH) + "..." : text;
        return cut.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
