package io.peerscope.ingest.nativeformat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.problem.Problem;
import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.Shown;
import io.peerscope.ingest.admission.UndecodableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one document. Null stands for a member that is not there. */
final class BatchReading {
    private static final String HOST_KIND = "host";

    private final JsonParser in;
    private final int maxPoints;
    private final FieldReading fields;

    BatchReading(JsonParser in, int maxPoints) {
        this.in = in;
        this.maxPoints = maxPoints;
        this.fields = new FieldReading(in);
    }

    Draft read() throws IOException, UndecodableException {
        in.nextToken();
        Members members = new Members("");
        expectObject("the body");
        String host = "";
        String batch = "";
        long sentAt = Draft.NO_TIME;
        List<String> labels = List.of();
        List<DraftPoint> points = List.of();
        String name;
        while ((name = in.nextFieldName()) != null) {
            switch (name) {
                case "host" -> {
                    members.once(0, name);
                    host = text(name, "");
                }
                case "batch" -> {
                    members.once(1, name);
                    batch = text(name, "");
                }
                case "sent_at" -> {
                    members.once(2, name);
                    sentAt = TimeReading.next(in);
                }
                case "labels" -> {
                    members.once(3, name);
                    labels = fields.pairs("labels");
                }
                case "points" -> {
                    members.once(4, name);
                    points = points();
                }
                default -> throw members.unknown(name);
            }
        }
        if (in.nextToken() != null) {
            throw malformed("something follows the document");
        }
        if (sentAt == Draft.BAD_TIME) {
            throw new UndecodableException(ErrorCode.BAD_TIMESTAMP, "sent_at must be RFC 3339 or epoch milliseconds");
        }
        return new Draft(Dialect.NATIVE, host, batch, sentAt, labels, points);
    }

    private List<DraftPoint> points() throws IOException, UndecodableException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (token != JsonToken.START_ARRAY) {
            throw malformed("points must be a list");
        }
        List<DraftPoint> points = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (points.size() == maxPoints) {
                throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "at most " + maxPoints + " points");
            }
            points.add(point(points.size()));
        }
        return points;
    }

    private DraftPoint point(int index) throws IOException, UndecodableException {
        String path = "points[" + index + "].";
        expectObject("points[" + index + "]");
        Members members = new Members(path);
        String kind = HOST_KIND;
        List<String> labels = List.of();
        List<String> states = List.of();
        long timestamp = Draft.NO_TIME;
        fields.none();
        String name;
        while ((name = in.nextFieldName()) != null) {
            switch (name) {
                case "kind" -> {
                    members.once(0, name);
                    kind = text(path + name, HOST_KIND);
                }
                case "labels" -> {
                    members.once(1, name);
                    labels = fields.pairs(path + name);
                }
                case "timestamp" -> {
                    members.once(2, name);
                    timestamp = TimeReading.next(in);
                }
                case "fields" -> {
                    members.once(3, name);
                    fields.read(path + name);
                }
                case "states" -> {
                    members.once(4, name);
                    states = fields.pairs(path + name);
                }
                default -> throw members.unknown(name);
            }
        }
        return new DraftPoint(kind, labels, timestamp, fields.names(), fields.values(), states, DraftPoint.NO_ITEMS);
    }

    private void expectObject(String what) throws UndecodableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw malformed(what + " must be an object");
        }
    }

    private String text(String path, String otherwise) throws IOException, UndecodableException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return otherwise;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw malformed(path + " must be text");
        }
        return in.getText();
    }

    static UndecodableException malformed(String detail) {
        return new UndecodableException(ErrorCode.MALFORMED, detail);
    }

    /** Which members of an object were there. Quicker than the parser's own check, which keeps a set for each object. */
    private static final class Members {
        private final String path;
        private int seen;

        Members(String path) {
            this.path = path;
        }

        void once(int number, String name) throws UndecodableException {
            if ((seen & 1 << number) != 0) {
                throw malformed(path + name + " stands twice");
            }
            seen |= 1 << number;
        }

        UndecodableException unknown(String name) {
            String detail = "unknown field " + Shown.text(path + name);
            return new UndecodableException(
                    ErrorCode.UNKNOWN_FIELD,
                    detail,
                    List.of(Problem.Detail.of(Shown.plain(path + name), ErrorCode.UNKNOWN_FIELD, detail)));
        }
    }
}
