package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.point.Point;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.xerial.snappy.Snappy;

/** A sender of remote write and the door that it knocks at. */
final class WriteDoor implements AutoCloseable {
    static final String V1 = "application/x-protobuf";
    static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    final FakeBatchLog log = new FakeBatchLog();
    final Door door = new Door(log, HttpLimits.standard(), 64 << 20);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpResponse<String> v1(WriteRequests.V1 request) throws IOException, InterruptedException {
        return send(Snappy.compress(request.bytes()), "Bearer fleet", V1, "snappy");
    }

    HttpResponse<String> v2(WriteRequests.V2 request) throws IOException, InterruptedException {
        return send(Snappy.compress(request.bytes()), "Bearer fleet", V2, "snappy");
    }

    /** @param type and encoding: "" leaves the header out */
    HttpResponse<String> send(byte[] body, String authorization, String type, String encoding)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(door.address(RemoteWriteProtocol.PATH))
                .POST(BodyPublishers.ofByteArray(body))
                .header("Authorization", authorization);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Of all batches so far, in order. */
    List<Point> points() {
        return log.appended.stream().flatMap(batch -> batch.points().stream()).toList();
    }

    /** Samples, histograms, exemplars: what a sender of 2.0 reads; "" for a header that is not there. */
    static List<String> written(HttpResponse<?> response) {
        return List.of("Samples", "Histograms", "Exemplars").stream()
                .map(what -> response.headers()
                        .firstValue("X-Prometheus-Remote-Write-" + what + "-Written")
                        .orElse(""))
                .toList();
    }

    @Override
    public void close() {
        client.close();
        door.close();
    }
}
