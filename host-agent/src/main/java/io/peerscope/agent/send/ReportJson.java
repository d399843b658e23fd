package io.peerscope.agent.send;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body of {@code POST /api/v1/ingest}. Written by hand: a JSON library would be half of the agent. */
final class ReportJson {
    private static final double LARGEST_WHOLE = 1L << 53;

    private final String host;
    private final Map<String, String> labels;

    ReportJson(String host, Map<String, String> labels) {
        this.host = host;
        this.labels = labels;
    }

    byte[] encode(Report report, long sentAt) {
        StringBuilder json = new StringBuilder(1024).append("{\"host\":");
        text(json, host);
        json.append(",\"batch\":");
        text(json, report.id());
        json.append(",\"sent_at\":").append(sentAt).append(",\"labels\":{");
        String separator = "";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text(json.append(separator), label.getKey());
            text(json.append(':'), label.getValue());
            separator = ",";
        }
        json.append("},\"points\":[{\"kind\":\"host\",\"timestamp\":").append(report.timestamp());
        json.append(",\"fields\":{");
        separator = "";
        for (Map.Entry<String, Double> field : report.fields().entrySet()) {
            text(json.append(separator), field.getKey());
            number(json.append(':'), field.getValue());
            separator = ",";
        }
        return json.append("}}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void number(StringBuilder json, double value) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            json.append((long) value);
        } else {
            json.append(value);
        }
    }

    private static void text(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
