package io.peerscope.benchmarks.decode;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.line.LineApi;
import io.peerscope.ingest.line.LineDecoder;
import io.peerscope.ingest.line.Precision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What does a sample in line protocol cost? An operation is one sample of 50 lines x 20 fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineDecoding {
    private final byte[] body = Samples.line();
    private final Sender sender = new Sender.AnyHost();
    private final LineDecoder decoder = new LineDecoder(MetricCatalogue.load());

    @Benchmark
    @OperationsPerInvocation(Samples.COUNT)
    public Decoded decode() throws UndecodableException {
        return decoder.decode(body, body.length, LineApi.V2, Precision.NANOSECONDS, sender);
    }
}
