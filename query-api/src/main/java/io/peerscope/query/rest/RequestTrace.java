package io.peerscope.query.rest;

import io.peerscope.foundation.log.AccessLog;
import io.peerscope.foundation.trace.Span;
import io.peerscope.foundation.trace.Tracer;
import io.peerscope.foundation.trace.Tracing;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** The traces of requests, from those whom the door has let in. */
@Singleton
final class RequestTrace {
    private static final String PROPERTY = "io.peerscope.trace";
    private static final int FAILED = 500;

    /** Filters are made before the application has its configuration, so what needs it comes later. */
    private final Provider<Tracing> tracing;

    private final CurrentVertxRequest current;

    RequestTrace(Provider<Tracing> tracing, CurrentVertxRequest current) {
        this.tracing = tracing;
        this.current = current;
    }

    /** {@link Span#NONE} where the request is not traced. */
    static Span of(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof Span span ? span : Span.NONE;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 1)
    void begin(ContainerRequestContext request, ResourceInfo resource) {
        Tracer tracer = tracing.get().of("query-api");
        if (!tracer.isOn() || resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            return;
        }
        String route = route(resource);
        Span span = tracer.request(request.getMethod() + " " + route, request.getHeaderString("traceparent"));
        if (span.isTraced()) {
            span.note("http.request.method", request.getMethod())
                    .note("http.route", route)
                    .note("url.path", request.getUriInfo().getPath());
            span.traceId().ifPresent(id -> AccessLog.trace(current.getCurrent(), id));
            request.setProperty(PROPERTY, span);
        }
    }

    @ServerResponseFilter
    void end(ContainerRequestContext request, ContainerResponseContext answer) {
        Span span = of(request);
        span.note("http.response.status_code", answer.getStatus());
        if (answer.getStatus() >= FAILED) {
            span.failed(answer.getStatusInfo().getReasonPhrase());
        }
        span.end();
    }

    /** With the names of its parameters, so that there are few of them. */
    private static String route(ResourceInfo resource) {
        return path(resource.getResourceClass().getAnnotation(Path.class))
                + path(resource.getResourceMethod().getAnnotation(Path.class));
    }

    private static String path(@Nullable Path path) {
        if (path == null || path.value().isEmpty() || path.value().equals("/")) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
