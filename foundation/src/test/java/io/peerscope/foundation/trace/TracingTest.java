package io.peerscope.foundation.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final Collected collected = new Collected();

    @Test
    void aRequestAndWhatComesOfItAreOneTraceAcrossServices() {
        try (Tracing tracing = new Tracing(config(0, 0, 50), collected)) {
            Span request = tracing.of("first").request("POST /in", SAMPLED);
            Span sending = request.send("send points");
            Span judged = tracing.of("second").follow("judge", sending.headers());
            judged.failed("no").end();
            sending.end();
            request.end();
        }
        SpanData request = collected.named("POST /in");
        assertThat(request.getTraceId()).isEqualTo(TRACE);
        assertThat(request.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(collected.named("send points").getParentSpanId()).isEqualTo(request.getSpanId());
        SpanData judged = collected.named("judge");
        assertThat(judged.getTraceId()).isEqualTo(TRACE);
        assertThat(judged.getParentSpanId())
                .isEqualTo(collected.named("send points").getSpanId());
        assertThat(judged.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(judged.getResource().getAttributes().asMap().toString()).contains("second");
        assertThat(request.getResource().getAttributes().asMap().toString()).contains("first");
    }

    @Test
    void withoutAnEndpointNothingIsTracedAndNothingIsWritten() {
        try (Tracing tracing = new Tracing(null, null)) {
            Tracer tracer = tracing.of("first");
            assertThat(tracer.isOn()).isFalse();
            assertThat(tracer.request("POST /in", SAMPLED)).isSameAs(Span.NONE);
            assertThat(tracer.alert("alert firing")).isSameAs(Span.NONE);
            assertThat(Span.NONE.send("send").headers()).isEmpty();
        }
    }

    @Test
    void whoWasNotDrawnElsewhereIsNotDrawnHere() {
        try (Tracing tracing = new Tracing(config(1, 1, 50), collected)) {
            Tracer tracer = tracing.of("first");
            assertThat(tracer.request("POST /in", SAMPLED.replaceAll("01$", "00"))
                            .isTraced())
                    .isFalse();
            assertThat(tracer.request("POST /in", null).isTraced()).isTrue();
            assertThat(tracer.request("POST /in", "rubbish").isTraced()).isTrue();
            assertThat(tracer.follow("judge", new RecordHeaders()).isTraced()).isFalse();
        }
    }

    @Test
    void noSenderMakesMoreTracesThanTheBound() {
        try (Tracing tracing = new Tracing(config(1, 1, 3), collected)) {
            Tracer tracer = tracing.of("first");
            int traced = 0;
            for (int i = 0; i < 3; i++) {
                traced += tracer.request("POST /in", SAMPLED).isTraced() ? 1 : 0;
            }
            assertThat(traced).isEqualTo(3);
        }
        AtomicLong nanos = new AtomicLong();
        TracePace pace = new TracePace(2, nanos::get);
        assertThat(List.of(pace.mayBegin(), pace.mayBegin(), pace.mayBegin())).containsExactly(true, true, false);
        nanos.set(1_000_000_000L);
        assertThat(pace.mayBegin()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
            })
    void whatIsNoTraceParentIsNone(String header) {
        assertThat(TraceParent.read(header)).isEmpty();
    }

    @Test
    void laterVersionsMayHaveMoreToSay() {
        Optional<SpanContext> read = TraceParent.read("cc" + SAMPLED.substring(2) + "-more");
        assertThat(read).map(SpanContext::getTraceId).contains(TRACE);
        assertThat(TraceParent.read("00" + SAMPLED.substring(2) + "-" + "x".repeat(500)))
                .isEmpty();
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        assertThat(config(0.5, 1, 1).endpoint()).isEqualTo("http://127.0.0.1:1/v1/traces");
        assertThat(new TracingConfig("https://c/otlp/v1/traces", Map.of(), 0, 0, 1).endpoint())
                .isEqualTo("https://c/otlp/v1/traces");
        assertThat(new TracingConfig("https://c", Map.of("Authorization", "secret"), 0, 0, 1).toString())
                .doesNotContain("secret");
        assertThatThrownBy(() -> new TracingConfig("collector:4318", Map.of(), 0, 0, 1))
                .hasMessageContaining("peerscope.tracing.endpoint")
                .hasMessageContaining("collector:4318");
        assertThatThrownBy(() -> config(1.5, 0, 1)).hasMessageContaining("peerscope.tracing.requests");
        assertThatThrownBy(() -> config(0, Double.NaN, 1)).hasMessageContaining("peerscope.tracing.alerts");
        assertThatThrownBy(() -> config(0, 0, 0)).hasMessageContaining("peerscope.tracing.at-most");
    }

    private static TracingConfig config(double requests, double alerts, int atMost) {
        return new TracingConfig("http://127.0.0.1:1", Map.of(), requests, alerts, atMost);
    }

    /** A collector that is not on any network. */
    private static final class Collected implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        SpanData named(String name) {
            return spans.stream()
                    .filter(span -> span.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not among " + spans));
        }

        @Override
        public CompletableResultCode export(@Nullable Collection<SpanData> more) {
            if (more != null) {
                spans.addAll(more);
            }
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
