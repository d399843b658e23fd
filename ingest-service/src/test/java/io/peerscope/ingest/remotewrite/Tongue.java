package io.peerscope.ingest.remotewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.line.LineApi;
import io.peerscope.ingest.nativeformat.NativeProtocol;
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
    LINES_2(true);

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
                };
        HttpRequest.Builder request = HttpRequest.newBuilder(door.address(path))
                .header("Authorization", "Bearer fleet")
                .POST(BodyPublishers.ofByteArray(body(said)));
        return switch (this) {
            case JSON, JSON_WITH_SENT_AT -> request.header("Content-Type", "application/json");
            case PROTOBUF -> request.header("Content-Type", "application/x-protobuf");
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
        };
    }
}
