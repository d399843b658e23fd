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
import io.peerscope.ingest.http.Opening;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Understands an ExportMetricsServiceRequest in either encoding. Thread-safe. */
public final class OtlpDecoder {
    /** Messages within messages. What is not an attribute's value needs eight. */
    private static final int DEPTH = 32;
    /** Bytes of heap that a message takes, however little of the body it is. */
    private static final long MESSAGE = 100;

    private static final Parser<ExportMetricsServiceRequest> PARSER =
            DiscardUnknownFieldsParser.wrap(ExportMetricsServiceRequest.parser());

    private final Kinds kinds;
    private final JsonRequests json;

    /** @param maxBytes no document is longer; a second wall behind the limit on the body */
    public OtlpDecoder(MetricCatalogue catalogue, long maxBytes) {
        this.kinds = new Kinds(catalogue);
        this.json = new JsonRequests(maxBytes);
    }

    Opening.Decoder protobuf() {
        return new Protobuf();
    }

    Opening.Decoder json() {
        return new Json();
    }

    /** Messages are counted before they are made. */
    private final class Protobuf implements Opening.Decoder {
        @Override
        public long cost(byte[] body, int length) throws UndecodableException {
            return reading(
                    () -> MESSAGE * MessageCount.of(input(body, length), ExportMetricsServiceRequest.getDescriptor()));
        }

        @Override
        public Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException {
            return read(reading(() -> PARSER.parseFrom(input(body, length))), sender);
        }
    }

    /** As many messages as there are braces, though some may stand in texts; {@link MessageCount} bounds them. */
    private final class Json implements Opening.Decoder {
        @Override
        public long cost(byte[] body, int length) {
            long messages = 0;
            for (int i = 0; i < length; i++) {
                messages += body[i] == '{' ? 1 : 0;
            }
            return MESSAGE * messages;
        }

        @Override
        public Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException {
            return read(json.read(body, length), sender);
        }
    }

    private interface Source<T> {
        T get() throws IOException, UndecodableException;
    }

    private static <T> T reading(Source<T> source) throws UndecodableException {
        try {
            return source.get();
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

    private Decoded read(ExportMetricsServiceRequest request, Sender sender) throws UndecodableException {
        return new MetricsReading(kinds, sender).read(request);
    }
}
