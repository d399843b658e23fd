package io.peerscope.aggregate.live;

import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.point.MalformedRecordException;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * {@link LiveHost} in its store: version, status, first seen, interval, time and skew of its newest point, then its newest
 * values as the batch of points that would make them. Version 1 did not have the newest point.
 */
public final class LiveHostCodec {
    private static final byte VERSION = 2;
    private static final byte WITHOUT_NEWEST = 1;
    private static final int OLD_HEADER = 1 + 1 + Long.BYTES + Double.BYTES;
    private static final int HEADER = OLD_HEADER + 2 * Long.BYTES;

    private final Supplier<LiveConfig> config;

    public LiveHostCodec(Supplier<LiveConfig> config) {
        this.config = config;
    }

    public byte[] encode(LiveHost host) {
        byte[] points = PointBatchCodec.encode(host.remembered());
        return ByteBuffer.allocate(HEADER + points.length)
                .put(VERSION)
                .put(code(host.status()))
                .putLong(host.firstSeen())
                .putDouble(host.intervalMillis())
                .putLong(host.newest().time())
                .putLong(host.newest().skew())
                .put(points)
                .array();
    }

    public LiveHost decode(byte[] bytes) {
        boolean old = bytes.length >= OLD_HEADER && bytes[0] == WITHOUT_NEWEST;
        if (!old && (bytes.length < HEADER || bytes[0] != VERSION)) {
            throw new MalformedRecordException("not the state of a host");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).position(1);
        HostStatus status = status(in.get());
        long firstSeen = in.getLong();
        double interval = in.getDouble();
        Newest newest = old ? Newest.NONE : new Newest(in.getLong(), in.getLong());
        PointBatch batch = PointBatchCodec.decode(Arrays.copyOfRange(bytes, in.position(), bytes.length));
        LiveHost host = new LiveHost(config, batch.host(), firstSeen, status, batch.receivedAt(), interval);
        host.recall(batch, newest);
        return host;
    }

    private static byte code(HostStatus status) {
        return switch (status) {
            case UP -> 1;
            case DEGRADED -> 2;
            case SILENT -> 3;
            case LEFT -> 4;
        };
    }

    private static HostStatus status(byte code) {
        return switch (code) {
            case 1 -> HostStatus.UP;
            case 2 -> HostStatus.DEGRADED;
            case 3 -> HostStatus.SILENT;
            case 4 -> HostStatus.LEFT;
            default -> throw new MalformedRecordException("host status " + code);
        };
    }
}
