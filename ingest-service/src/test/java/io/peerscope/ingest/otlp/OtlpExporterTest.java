package io.peerscope.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.point.Point;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's own SDK for Java against our door. */
class OtlpExporterTest {
    private final FakeBatchLog log = new FakeBatchLog();
    private final Door door = new Door(log, HttpLimits.standard(), 64 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    /** The time of the door, so that nothing is too old. */
    private static final class DoorClock implements Clock {
        @Override
        public long now() {
            return Drafts.NOW * 1_000_000;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }

    private SdkMeterProvider provider(String compression, AggregationTemporalitySelector temporality) {
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(door.address(OtlpProtocol.PATH).toString())
                .addHeader("Authorization", "Bearer fleet")
                .setCompression(compression)
                .setAggregationTemporalitySelector(temporality)
                .build();
        return SdkMeterProvider.builder()
                .setClock(new DoorClock())
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("host.name"), "h1", AttributeKey.stringKey("service.name"), "game")))
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build();
    }

    private List<Point> points() {
        return log.appended.stream().flatMap(batch -> batch.points().stream()).toList();
    }

    private static void measure(SdkMeterProvider provider) {
        Meter meter = provider.get("test");
        meter.counterBuilder("matches").build().add(3, Attributes.of(AttributeKey.stringKey("mode"), "duel"));
        meter.gaugeBuilder("players").build().set(7);
        meter.histogramBuilder("tick").build().record(12.5);
    }

    private Point with(String field) {
        return points().stream()
                .filter(point -> point.shape().indexOf(field) >= 0)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void whatItMeasuresArrives(String compression) {
        try (SdkMeterProvider provider = provider(compression, AggregationTemporalitySelector.alwaysCumulative())) {
            measure(provider);
            assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
        Point matches = with("matches");
        assertThat(matches.subject().host()).isEqualTo("h1");
        assertThat(matches.subject().labels().get("mode")).isEqualTo("duel");
        assertThat(matches.subject().labels().get("service.name")).isEqualTo("game");
        assertThat(matches.shape().type(matches.shape().indexOf("matches"))).isEqualTo(FieldType.COUNTER);
        assertThat(matches.values()).containsExactly(3);
        // an alias of the catalogue
        assertThat(with("player_count").values()).contains(7);
        assertThat(with("tick_count").values()).contains(1);
        assertThat(points().stream()
                        .filter(point -> point.shape().indexOf("tick_bucket") >= 0)
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void deltasArriveAsDeltas() {
        try (SdkMeterProvider provider = provider("gzip", AggregationTemporalitySelector.deltaPreferred())) {
            measure(provider);
            assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
        Point matches = with("matches");
        assertThat(matches.shape().type(matches.shape().indexOf("matches"))).isEqualTo(FieldType.DELTA);
    }

    @Test
    void itSendsAgainWhatWeCouldNotTake() {
        log.become(Mood.FAIL);
        try (SdkMeterProvider provider = provider("gzip", AggregationTemporalitySelector.alwaysCumulative())) {
            measure(provider);
            var flushed = provider.forceFlush();
            await().until(() -> !log.appended.isEmpty());
            log.become(Mood.ACKNOWLEDGE);
            assertThat(flushed.join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        }
        assertThat(log.appended).hasSizeGreaterThan(1);
    }
}
