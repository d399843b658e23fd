package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.consistency.Source;
import io.peerscope.query.consistency.StrongReads;
import io.peerscope.query.store.StoreException;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** {@code X-Read-Consistency: strong}. */
@Singleton
final class Freshness {
    private static final String HEADER = "X-Read-Consistency";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Filters are made before the application has its configuration, so what needs it comes later. */
    private final Provider<StrongReads> reads;

    Freshness(Provider<StrongReads> reads) {
        this.reads = reads;
    }

    @ServerRequestFilter(priority = Priorities.USER)
    void await(ContainerRequestContext request, ResourceInfo resource) throws InterruptedException {
        String wanted = request.getHeaderString(HEADER);
        if (wanted == null) {
            return;
        }
        if (!wanted.equalsIgnoreCase("strong")) {
            throw Query.wrong(HEADER, "strong, or left out");
        }
        Shows shows = resource.getResourceMethod().getAnnotation(Shows.class);
        if (shows == null) {
            return;
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Source source : shows.value()) {
                if (!reads.get().await(source, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                    throw ProblemException.later(
                            ErrorCode.NOT_YET_CONSISTENT,
                            "what was acknowledged before is not visible after " + PATIENCE.toSeconds() + " s",
                            Duration.ofSeconds(5));
                }
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
