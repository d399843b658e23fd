package io.peerscope.foundation.health;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Requests that have no answer yet, so that a process that stops can let them end. A WebSocket is none of them: it stays
 * open for as long as somebody looks, and its owner closes it. That is why {@code quarkus.shutdown.timeout} is not used:
 * it waits for every WebSocket there ever was, also for those that are long gone. Thread-safe.
 */
public final class OpenRequests implements Handler<RoutingContext> {
    private static final int BEFORE_ALL_ROUTES = Integer.MIN_VALUE;

    private final Object change = new Object();
    private int open; // guarded by change
    private volatile boolean stopping;

    /** Counts what comes in on {@code path}, before any other route sees it. */
    public OpenRequests on(Router router, String path) {
        router.route(path).order(BEFORE_ALL_ROUTES).handler(this);
        return this;
    }

    @Override
    public void handle(RoutingContext exchange) {
        if (!"websocket".equalsIgnoreCase(exchange.request().getHeader(HttpHeaders.UPGRADE))) {
            synchronized (change) {
                open++;
            }
            exchange.addEndHandler(ended -> leave());
            if (stopping) {
                exchange.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        }
        exchange.next();
    }

    private void leave() {
        synchronized (change) {
            open--;
            change.notifyAll();
        }
    }

    /**
     * Reports not ready from now on and waits until nothing is open. What still comes in is answered, and its connection
     * closed.
     *
     * @return whether all have been answered
     */
    public boolean drain(Duration patience) throws InterruptedException {
        stopping = true;
        long end = System.nanoTime() + patience.toNanos();
        synchronized (change) {
            while (open > 0) {
                long millis = (end - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                change.wait(millis);
            }
            return true;
        }
    }

    public Condition condition() {
        return stopping ? new Condition.Down("stopping") : Condition.ok();
    }
}
