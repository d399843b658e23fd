package io.peerscope.benchmarks.body;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.contracts.point.Subject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The samples of a fleet in each format. */
public final class Bodies {
    /** Between the points of one host in a body. */
    private static final int STEP_MILLIS = 4;
    /** Only to find the place of the time again. */
    private static final long SOME_TIME = 1_763_687_123_457L;

    private final Fleet fleet;

    public Bodies(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Remote write 1.0 as it is sent, in a Snappy block. */
    public Body remoteWrite(List<String> hosts) {
        return SnappyBlock.of(writeRequest(hosts));
    }

    /** The message of remote write 1.0 (prometheus.WriteRequest): every metric of each host once. */
    public Body writeRequest(List<String> hosts) {
        BodyWriter body = new BodyWriter();
        for (String host : hosts) {
            for (String field : fleet.fields()) {
                Fleet.Reading reading = fleet.reading(host, field, 0);
                BodyWriter series = label(label(new BodyWriter(), "__name__", Fleet.metric(field)), "host", host);
                label(label(series, "instance", Fleet.instance(host)), "job", Fleet.JOB);
                series.field(2, new BodyWriter().real(1, reading).varintMillis(2));
                body.field(1, series);
            }
        }
        return body.body(hosts.size() * fleet.metrics(), 1);
    }

    private static BodyWriter label(BodyWriter series, String name, String value) {
        return series.field(1, new BodyWriter().field(1, name).field(2, value));
    }

    /** Line protocol: one line a host, with all metrics as its fields, and times in nanoseconds. */
    public Body line(List<String> hosts) {
        BodyWriter body = new BodyWriter();
        for (String host : hosts) {
            body.text("%s,host=%s,instance=%s,job=%s".formatted(Fleet.FAMILY, host, Fleet.instance(host), Fleet.JOB));
            char separator = ' ';
            for (String field : fleet.fields()) {
                body.text(separator + field + "=").decimal(fleet.reading(host, field, 0));
                separator = ',';
            }
            body.text(" ").millis(0).text("000000\n");
        }
        return body.body(hosts.size() * fleet.metrics(), 1);
    }

    /** Our own JSON: points of one host. */
    public Body json(String host, int points) {
        BodyWriter body = new BodyWriter()
                .text("{\"host\":\"" + host + "\",\"batch\":\"bench/")
                .id()
                .text("\",\"sent_at\":")
                .millis(0)
                .text(",\"labels\":{\"job\":\"" + Fleet.JOB + "\"},\"points\":[");
        for (int row = 0; row < points; row++) {
            body.text(row == 0 ? "{\"timestamp\":" : ",{\"timestamp\":").millis(ago(row, points));
            String separator = ",\"fields\":{\"";
            for (String field : fleet.fields()) {
                body.text(separator + Fleet.metric(field) + "\":").decimal(fleet.reading(host, field, row));
                separator = ",\"";
            }
            body.text("}}");
        }
        return body.text("]}").body(points * fleet.metrics(), points * STEP_MILLIS);
    }

    /** Our own protobuf (peerscope.v1.PointBatch): points of one host. Its times count from {@code received_at}. */
    public Body proto(String host, int points) {
        Subject subject = new Subject(host, Subject.HOST, Labels.of(Map.of("job", Fleet.JOB)));
        List<Fleet.Reading> readings = new ArrayList<>();
        List<Point> rows = new ArrayList<>();
        for (int row = 0; row < points; row++) {
            Map<String, Double> fields = new LinkedHashMap<>();
            for (String field : fleet.fields()) {
                Fleet.Reading reading = fleet.reading(host, field, row);
                readings.add(reading);
                fields.put(Fleet.metric(field), reading.base());
            }
            rows.add(Point.of(subject, SOME_TIME - ago(row, points), fields));
        }
        String batch = "bench/" + "0".repeat(Slot.Id.WIDTH);
        byte[] bytes = PointBatchCodec.encode(new PointBatch(host, batch, SOME_TIME, SOME_TIME, "", 0, false, rows));
        return new Body(bytes, slots(bytes, readings), points * fleet.metrics(), points * STEP_MILLIS);
    }

    private static int ago(int row, int points) {
        return (points - 1 - row) * STEP_MILLIS;
    }

    /** Finds them one after the other, in the order in which the codec writes. */
    private static List<Slot> slots(byte[] bytes, List<Fleet.Reading> readings) {
        byte[] time = new byte[Slot.VarintMillis.WIDTH];
        new Slot.VarintMillis(0).write(time, 0, SOME_TIME, 0);
        List<Slot> slots = new ArrayList<>();
        int id = next(bytes, 0, "bench/".getBytes(StandardCharsets.US_ASCII));
        slots.add(new Slot.Id(id));
        int sentAt = next(bytes, id, time);
        slots.add(new Slot.VarintMillis(sentAt - time.length));
        int receivedAt = next(bytes, sentAt, time);
        slots.add(new Slot.VarintMillis(receivedAt - time.length));
        int after = receivedAt;
        for (Fleet.Reading reading : readings) {
            byte[] value = ByteBuffer.allocate(Slot.Fixed64.WIDTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(reading.base())
                    .array();
            after = next(bytes, after, value);
            slots.add(new Slot.Fixed64(after - value.length, reading.base(), reading.phase()));
        }
        return slots;
    }

    /** The place behind what is wanted. */
    private static int next(byte[] bytes, int from, byte[] wanted) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i + wanted.length;
            }
        }
        throw new IllegalStateException("the codec writes in another order");
    }
}
