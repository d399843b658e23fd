package io.peerscope.ingest.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Looks for inputs that a decoder does not stand, each for as long as {@code ./test --fuzz} says. What it has found stays
 * in the corpus, which {@link CorpusTest} runs in every build without Jazzer and its agent.
 */
@Tag("fuzz")
final class DecodersFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void nativeJson(byte[] input) {
        Target.NATIVE_JSON.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void nativeProtobuf(byte[] input) {
        Target.NATIVE_PROTOBUF.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void remoteWrite1(byte[] input) {
        Target.REMOTE_WRITE_1.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void remoteWrite2(byte[] input) {
        Target.REMOTE_WRITE_2.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void lines1(byte[] input) {
        Target.LINES_1.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void lines2(byte[] input) {
        Target.LINES_2.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void otlpProtobuf(byte[] input) {
        Target.OTLP_PROTOBUF.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void otlpJson(byte[] input) {
        Target.OTLP_JSON.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void events(byte[] input) {
        Target.EVENTS.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void connectionMetrics(byte[] input) {
        Target.CONNECTION_METRICS.take(input);
    }

    @FuzzTest(maxDuration = "10m")
    void streamingMetrics(byte[] input) {
        Target.STREAMING_METRICS.take(input);
    }
}
