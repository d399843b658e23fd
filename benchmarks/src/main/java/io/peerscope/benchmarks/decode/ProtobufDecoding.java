package io.peerscope.benchmarks.decode;

import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.nativeformat.ProtobufBatchDecoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What does a sample in native protobuf cost? An operation is one sample of 50 points x 20 fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProtobufDecoding {
    private final byte[] body = Samples.proto();
    private final ProtobufBatchDecoder decoder = new ProtobufBatchDecoder(10_000);

    @Benchmark
    @OperationsPerInvocation(Samples.COUNT)
    public Draft decode() throws UndecodableException {
        return decoder.decode(body, body.length);
    }
}
