package io.peerscope.query.rest;

import io.peerscope.query.history.HistoryAnswer;
import io.peerscope.query.history.Series;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Series as CSV (RFC 4180): a line for each point. Written as it is made, since it may be long. */
final class SeriesTable {
    private SeriesTable() {}

    static void write(HistoryAnswer answer, OutputStream into) throws IOException {
        Writer text = new BufferedWriter(new OutputStreamWriter(into, StandardCharsets.UTF_8));
        text.write("time,metric,host,kind,labels,value\r\n");
        for (Series series : answer.series()) {
            String subject = ','
                    + cell(series.metric())
                    + ','
                    + cell(Objects.requireNonNullElse(series.host(), ""))
                    + ','
                    + cell(Objects.requireNonNullElse(series.kind(), ""))
                    + ','
                    + cell(labels(series))
                    + ',';
            for (List<@Nullable Number> point : series.points()) {
                Number at = Objects.requireNonNull(point.get(0));
                Number value = point.get(1);
                text.write(Instant.ofEpochMilli(at.longValue()) + subject + (value == null ? "" : value) + "\r\n");
            }
        }
        text.flush();
    }

    private static String labels(Series series) {
        StringBuilder labels = new StringBuilder();
        series.labels().forEach((name, value) -> labels.append(labels.isEmpty() ? "" : ",")
                .append(name)
                .append('=')
                .append(value));
        return labels.toString();
    }

    /** Quoted where CSV needs it; a leading formula sign is defused, since spreadsheets would run it. */
    private static String cell(String raw) {
        String safe = !raw.isEmpty() && "=+-@\t\r".indexOf(raw.charAt(0)) >= 0 ? "'" + raw : raw;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
