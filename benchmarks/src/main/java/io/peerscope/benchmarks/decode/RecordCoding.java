package io.peerscope.benchmarks.decode;

import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does a sample cost on its way into a record of {@code metrics.points}, and out of it in each service that reads
 * there? An operation is one sample of 50 points x 20 fields.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordCoding {
    private final byte[] bytes = Samples.proto();
    private final PointBatch batch = PointBatchCodec.decode(bytes);

    @Benchmark
    @OperationsPerInvocation(Samples.COUNT)
    public PointBatch decode() {
        return PointBatchCodec.decode(bytes);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.COUNT)
    public byte[] encode() {
        return PointBatchCodec.encode(batch);
    }
}
