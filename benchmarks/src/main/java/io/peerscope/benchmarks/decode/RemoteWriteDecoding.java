package io.peerscope.benchmarks.decode;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.remotewrite.RemoteWriteProtocol;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does a sample in remote write 1.0 cost, of series that are known? An operation is one sample of 50 hosts x 20
 * metrics, from a message that has been decompressed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RemoteWriteDecoding {
    private final byte[] body = Samples.writeRequest();
    private final Opening.Decoder decoder = new RemoteWriteProtocol(MetricCatalogue.load(), 10 << 20, 1).decoder();
    private final Sender sender = new Sender.AnyHost();

    @Benchmark
    @OperationsPerInvocation(Samples.COUNT)
    public Decoded decode() throws UndecodableException {
        return decoder.decode(body, body.length, sender);
    }
}
