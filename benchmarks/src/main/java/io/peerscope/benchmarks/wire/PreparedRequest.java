package io.peerscope.benchmarks.wire;

import io.peerscope.simulator.load.LoadPlan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * One host's batch as bytes on the wire, made once. Only its id and its times change from one sending to the next, in
 * place, so that the generator spends next to nothing on it. Not thread-safe.
 */
public final class PreparedRequest implements Request {
    private static final int TIME_DIGITS = 13;
    private static final int ID_DIGITS = 12;

    private final byte[] bytes;
    private final int idAt;
    private final int sentAt;
    private final int[] timesAt;
    private final int samples;
    private long newest;

    private PreparedRequest(byte[] bytes, int idAt, int sentAt, int[] timesAt, int samples, long newest) {
        this.bytes = bytes;
        this.idAt = idAt;
        this.sentAt = sentAt;
        this.timesAt = timesAt;
        this.samples = samples;
        this.newest = newest;
    }

    /**
     * @param points of the host itself, each with all fields, at different times
     * @param seed other values for another seed
     * @param newest the points of the first sending lie after this, epoch milliseconds
     */
    public static PreparedRequest of(
            Target target, String host, int points, List<String> fields, long seed, long newest) {
        Text body = new Text();
        body.add("{\"host\":\"" + host + "\",\"batch\":\"bench/");
        int idAt = body.gap(ID_DIGITS);
        body.add("\",\"sent_at\":");
        int sentAt = body.gap(TIME_DIGITS);
        body.add(",\"labels\":{\"simulated\":\"true\"},\"points\":[");
        int[] timesAt = new int[points];
        for (int point = 0; point < points; point++) {
            body.add(point == 0 ? "{\"timestamp\":" : ",{\"timestamp\":");
            timesAt[point] = body.gap(TIME_DIGITS);
            String separator = ",\"fields\":{\"";
            for (String field : fields) {
                double value = LoadPlan.value(host, field, Instant.ofEpochMilli(seed * points + point));
                body.add(separator + field + "\":" + value);
                separator = ",\"";
            }
            body.add("}}");
        }
        body.add("]}");
        byte[] head = target.head(body.size());
        byte[] whole = joined(head, body);
        for (int point = 0; point < points; point++) {
            timesAt[point] += head.length;
        }
        return new PreparedRequest(
                whole, head.length + idAt, head.length + sentAt, timesAt, points * fields.size(), newest);
    }

    /** One sample of a host, without id and time: it is of the moment at which it arrives. */
    public static byte[] single(Target target, String host, String field, double value) {
        Text body = new Text();
        body.add("{\"host\":\"%s\",\"points\":[{\"fields\":{\"%s\":%s}}]}".formatted(host, field, value));
        return joined(target.head(body.size()), body);
    }

    private static byte[] joined(byte[] head, Text body) {
        byte[] whole = Arrays.copyOf(head, head.length + body.size());
        System.arraycopy(body.toByteArray(), 0, whole, head.length, body.size());
        return whole;
    }

    /**
     * Writes a new id and times: the points lie evenly between those of the last sending and now. A host that is visited
     * more often than it has milliseconds for its points runs ahead of the clock.
     *
     * @return the request, the same array each time
     */
    @Override
    public byte[] stamped(long id, long now) {
        digits(idAt, ID_DIGITS, id);
        digits(sentAt, TIME_DIGITS, now);
        int points = timesAt.length;
        long span = Math.max(points, now - newest);
        for (int point = 0; point < points; point++) {
            digits(timesAt[point], TIME_DIGITS, newest + span * (point + 1) / points);
        }
        newest += span;
        return bytes;
    }

    @Override
    public int samples() {
        return samples;
    }

    private void digits(int at, int width, long value) {
        long left = value;
        for (int i = at + width - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private static final class Text extends ByteArrayOutputStream {
        void add(String text) {
            writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** Room for digits. */
        int gap(int width) {
            int at = size();
            add("1".repeat(width));
            return at;
        }
    }
}
