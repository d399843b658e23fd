package io.peerscope.agent.report;

import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/** Points in the words of {@code POST /api/v1/ingest}. By hand: a JSON library would be half of the agent. */
public final class PointJson {
    private static final double LARGEST_WHOLE = 1L << 53;

    private PointJson() {}

    static String encode(long timestamp, Collection<Point> points) {
        StringBuilder json = new StringBuilder(1024);
        for (Point point : points) {
            text(json.append(json.isEmpty() ? "{\"kind\":" : ",{\"kind\":"), point.kind());
            json.append(",\"timestamp\":").append(timestamp);
            members(json, "labels", point.labels(), PointJson::text);
            members(json, "fields", point.fields(), PointJson::number);
            members(json, "states", point.states(), PointJson::text);
            json.append('}');
        }
        return json.toString();
    }

    private static <V> void members(
            StringBuilder json, String name, Map<String, V> members, BiConsumer<StringBuilder, V> value) {
        if (members.isEmpty()) {
            return;
        }
        json.append(",\"").append(name).append("\":{");
        String separator = "";
        for (Map.Entry<String, V> member : members.entrySet()) {
            text(json.append(separator), member.getKey());
            value.accept(json.append(':'), member.getValue());
            separator = ",";
        }
        json.append('}');
    }

    private static void number(StringBuilder json, double value) {
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
            json.append((long) value);
        } else {
            json.append(value);
        }
    }

    /** Appends a JSON string. */
    public static void text(StringBuilder json, String text) {
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
