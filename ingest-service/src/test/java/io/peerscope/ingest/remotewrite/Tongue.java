package io.peerscope.ingest.remotewrite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.line.LineApi;
import io.peerscope.ingest.nativeformat.NativeProtocol;
import io.peerscope.ingest.otlp.OtlpProtocol;
import io.peerscope.ingest.protobuf.ProtoMessage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Every protocol that carries samples, with a valid request of one sample of each host. */
public enum Tongue {
    JSON(false),
    JSON_WITH_SENT_AT(false),
    PROTOBUF(false),
    REMOTE_WRITE_1(true),
    REMOTE_WRITE_2(true),
    LINES_1(true),
    LINES_2(true),
    OTLP(true),
    OTLP_JSON(true);

    private static final String OTLP_RESOURCE = """
            {"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"%s"}}]},"scopeMetrics":[{"metrics":[
            {"name":"load","gauge":{"dataPoints":[{"timeUnixNano":"%s","asDouble":1}]}}]}]}""";

    private final boolean manyHosts;

    Tongue(boolean manyHosts) {
        this.manyHosts = manyHosts;
    }

    /** Whether one request may tell of many hosts. */
    public boolean manyHosts() {
        return manyHosts;
    }

    /** A host and what its clock says, epoch milliseconds. */
    public record Said(String host, long at) {}

    public HttpRequest.Builder request(Door door, List<Said> said) throws IOException {
        String path =
                switch (this) {
                    case JSON, JSON_WITH_SENT_AT, PROTOBUF -> NativeProtocol.PATH;
                    case REMOTE_WRITE_1, REMOTE_WRITE_2 -> RemoteWriteProtocol.PATH;
                    case LINES_1 -> LineApi.V1.path() + "?db=x&precision=ms";
                    case LINES_2 -> LineApi.V2.path() + "?org=o&bucket=b&precision=ms";
                    case OTLP, OTLP_JSON -> OtlpProtocol.PATH;
                };
        HttpRequest.Builder request = HttpRequest.newBuilder(door.address(path))
                .header("Authorization", "Bearer fleet")
                .POST(BodyPublishers.ofByteArray(body(said)));
        return switch (this) {
            case JSON, JSON_WITH_SENT_AT, OTLP_JSON -> request.header("Content-Type", "application/json");
            case PROTOBUF, OTLP -> request.header("Content-Type", "application/x-protobuf");
            case REMOTE_WRITE_1 -> request.header("Content-Type", WriteDoor.V1).header("Content-Encoding", "snappy");
            case REMOTE_WRITE_2 -> request.header("Content-Type", WriteDoor.V2).header("Content-Encoding", "snappy");
            case LINES_1, LINES_2 -> request;
        };
    }

    private byte[] body(List<Said> said) throws IOException {
        Said first = said.getFirst();
        String json = "{\"host\":\"%s\",%s\"points\":[{\"timestamp\":%d,\"fields\":{\"load\":1}}]}";
        return switch (this) {
            case JSON -> json.formatted(first.host(), "", first.at()).getBytes(UTF_8);
            case JSON_WITH_SENT_AT ->
                json.formatted(first.host(), "\"sent_at\":" + first.at() + ",", first.at())
                        .getBytes(UTF_8);
            case PROTOBUF ->
                new ProtoMessage()
                        .text(1, "")
                        .text(1, "host")
                        .text(1, "load")
                        .text(2, first.host())
                        .message(8, new ProtoMessage().integer(1, 1))
                        .message(9, new ProtoMessage().packed(1, 2))
                        .message(10, new ProtoMessage().zigzag(3, first.at()).numbers(4, 1))
                        .bytes();
            case REMOTE_WRITE_1 -> {
                WriteRequests.V1 write = new WriteRequests.V1();
                said.forEach(each -> write.sample(1, each.at(), "__name__", "load", "host", each.host()));
                yield Snappy.compress(write.bytes());
            }
            case REMOTE_WRITE_2 -> {
                WriteRequests.V2 write = new WriteRequests.V2();
                said.forEach(each -> write.sample(1, each.at(), "__name__", "load", "host", each.host()));
                yield Snappy.compress(write.bytes());
            }
            case LINES_1, LINES_2 -> {
                StringBuilder lines = new StringBuilder();
                said.forEach(each -> lines.append("load,host=%s value=1 %d\n".formatted(each.host(), each.at())));
                yield lines.toString().getBytes(UTF_8);
            }
            case OTLP -> {
                ExportMetricsServiceRequest.Builder export = ExportMetricsServiceRequest.newBuilder();
                said.forEach(each -> export.addResourceMetrics(resource(each)));
                yield export.build().toByteArray();
            }
            case OTLP_JSON ->
                said.stream()
                        .map(each -> OTLP_RESOURCE.formatted(each.host(), Long.toUnsignedString(nanos(each))))
                        .collect(joining(",", "{\"resourceMetrics\":[", "]}"))
                        .getBytes(UTF_8);
        };
    }

    private static ResourceMetrics.Builder resource(Said said) {
        return ResourceMetrics.newBuilder()
                .setResource(Resource.newBuilder()
                        .addAttributes(KeyValue.newBuilder()
                                .setKey("host.name")
                                .setValue(AnyValue.newBuilder().setStringValue(said.host()))))
                .addScopeMetrics(ScopeMetrics.newBuilder()
                        .addMetrics(Metric.newBuilder()
                                .setName("load")
                                .setGauge(Gauge.newBuilder()
                                        .addDataPoints(NumberDataPoint.newBuilder()
                                                .setTimeUnixNano(nanos(said))
                                                .setAsDouble(1)))));
    }

    /** What is before 1970 wraps around to the far future, since the format knows no sign. */
    private static long nanos(Said said) {
        return said.at() * 1_000_000;
    }
}
