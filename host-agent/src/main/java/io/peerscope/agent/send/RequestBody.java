package io.peerscope.agent.send;

import io.peerscope.agent.queue.Parcel;
import io.peerscope.agent.report.PointJson;
import io.peerscope.agent.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** The body of {@code POST /api/v1/ingest}; packed where it is worth it. */
final class RequestBody {
    /** Reports. */
    private static final int WORTH_PACKING = 10;

    private final byte[] bytes;
    private final boolean gzip;

    private RequestBody(byte[] bytes, boolean gzip) {
        this.bytes = bytes;
        this.gzip = gzip;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean gzip() {
        return gzip;
    }

    static RequestBody of(String host, Parcel parcel, long sentAt) {
        boolean gzip = parcel.reports().size() >= WORTH_PACKING;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes, 4096) : bytes) {
            StringBuilder head = new StringBuilder(256).append("{\"host\":");
            PointJson.text(head, host);
            PointJson.text(head.append(",\"batch\":"), parcel.batch());
            head.append(",\"sent_at\":").append(sentAt).append(",\"points\":[");
            write(out, head.toString());
            String separator = "";
            for (Report report : parcel.reports()) {
                write(out, separator);
                write(out, report.json());
                separator = ",";
            }
            write(out, "]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RequestBody(bytes.toByteArray(), gzip);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
