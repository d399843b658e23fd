package io.peerscope.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.foreign.Kinds;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Understands an ExportMetricsServiceRequest in either encoding. Thread-safe. */
public final class OtlpDecoder {
    /** Messages within messages. What is not an attribute's value needs eight. */
    private static final int DEPTH = 32;

    private static final Parser<ExportMetricsServiceRequest> PARSER =
            DiscardUnknownFieldsParser.wrap(ExportMetricsServiceRequest.parser());

    private final Kinds kinds;
    private final JsonRequests json;

    /** @param maxBytes no document is longer; a second wall behind the limit on the body */
    public OtlpDecoder(MetricCatalogue catalogue, long maxBytes) {
        this.kinds = new Kinds(catalogue);
        this.json = new JsonRequests(maxBytes);
    }

    Decoded protobuf(byte[] body, int length, Sender sender) throws UndecodableException {
        try {
            MessageCount.check(input(body, length), ExportMetricsServiceRequest.getDescriptor());
            return read(PARSER.parseFrom(input(body, length)), sender);
        } catch (InvalidProtocolBufferException e) {
            throw new UndecodableException(
                    ErrorCode.MALFORMED, "not an ExportMetricsServiceRequest: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static CodedInputStream input(byte[] body, int length) {
        CodedInputStream in = CodedInputStream.newInstance(body, 0, length);
        in.setRecursionLimit(DEPTH);
        return in;
    }

    Decoded json(byte[] body, int length, Sender sender) throws UndecodableException {
        return read(json.read(body, length), sender);
    }

    private Decoded read(ExportMetricsServiceRequest request, Sender sender) throws UndecodableException {
        return new MetricsReading(kinds, sender).read(request);
    }
}
