package io.peerscope.foundation.trace;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What this process tells a collector. One queue and one connection for all services in it, each of which is told apart by
 * its own {@code service.name}, so that a trace looks the same from one process as from six. What the collector does not
 * take within the queue's bound is dropped: nothing waits for it.
 */
@Singleton
public class Tracing implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int QUEUED = 4096;
    /** Of a process that ends; what is not told by then nobody hears. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final Optional<Told> told;
    private final Map<String, Tracer> tracers = new ConcurrentHashMap<>();

    private record Told(
            TracingConfig config, SpanProcessor processor, TracePace pace, Map<String, SdkTracerProvider> providers) {
        Tracer of(String service) {
            SdkTracerProvider provider = providers.computeIfAbsent(service, name -> SdkTracerProvider.builder()
                    .setResource(Resource.builder()
                            .put("service.name", name)
                            .put("service.namespace", "peerscope")
                            .build())
                    .addSpanProcessor(processor)
                    .build());
            return Tracer.of(provider.get("io.peerscope"), config, pace, () -> ThreadLocalRandom.current()
                    .nextDouble());
        }
    }

    @Inject
    public Tracing(TracingSettings settings) {
        this(settings.toConfig().orElse(null), null);
    }

    Tracing(@Nullable TracingConfig config, @Nullable SpanExporter exporter) {
        told = Optional.ofNullable(config).map(given -> {
            SpanProcessor processor = BatchSpanProcessor.builder(
                            new ReachedOnce(exporter == null ? exporter(given) : exporter, given.toString()))
                    .setScheduleDelay(EVERY)
                    .setMaxQueueSize(QUEUED)
                    .setExporterTimeout(TIMEOUT)
                    .build();
            return new Told(
                    given, processor, new TracePace(given.atMost(), System::nanoTime), new ConcurrentHashMap<>());
        });
    }

    private static SpanExporter exporter(TracingConfig config) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(config.endpoint())
                .setTimeout(TIMEOUT)
                .setConnectTimeout(TIMEOUT)
                .setCompression("gzip");
        config.headers().forEach(builder::addHeader);
        return builder.build();
    }

    /** @param service as the collector shall name it */
    public Tracer of(String service) {
        return tracers.computeIfAbsent(
                service, name -> told.map(to -> to.of(name)).orElseGet(Tracer::off));
    }

    /** What is queued goes out first. */
    @Override
    @PreDestroy
    public void close() {
        told.ifPresent(to -> to.processor().shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS));
    }
}
