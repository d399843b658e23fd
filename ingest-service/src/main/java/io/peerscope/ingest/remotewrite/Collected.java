package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.protobuf.ProtoCursor.FIXED64;
import static io.peerscope.ingest.protobuf.ProtoCursor.VARINT;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.protobuf.ProtoCursor;
import io.peerscope.ingest.protobuf.RowHeads;
import java.util.Arrays;

/**
 * What was found in a request. Items are its samples in the order in which they stand, and after them whatever else of it
 * cannot be kept: histograms, exemplars, and series that are wrong but have no samples. One serves many requests, one after
 * the other. Not thread-safe.
 */
final class Collected {
    /** So many items of any sort: ten times what senders put into a request when they are told to send large ones. */
    static final int MOST = 200_000;

    private static final int VALUE = 1 << 3 | FIXED64;
    private static final int TIMESTAMP = 2 << 3 | VARINT;

    private static final int FIRST_PENDING = 16;
    private static final int KEPT_PENDING = 1024;

    private final Rows rows = new Rows();
    private Faults faults = new Faults();
    private int samples;
    private int histograms;
    private int exemplars;
    private int passedOver;
    private int brokenSeries;
    private String broken = "";

    // samples of the series that is being read
    private double[] values = new double[FIRST_PENDING];
    private long[] timestamps = new long[FIRST_PENDING];
    private int pending;

    /**
     * Forgets the request before, however far that came.
     *
     * @param length of the body, from which is guessed how many samples there are
     */
    Collected begin(int length) {
        rows.begin(Math.min(length / 96 + 16, 20_000));
        faults = new Faults(); // the last ones are in use
        samples = 0;
        histograms = 0;
        exemplars = 0;
        passedOver = 0;
        brokenSeries = 0;
        broken = "";
        pending = 0;
        if (values.length > KEPT_PENDING) {
            values = new double[FIRST_PENDING];
            timestamps = new long[FIRST_PENDING];
        }
        return this;
    }

    /** One message {@code Sample}: of the same fields in both versions, but for the start time that 2.0 may add. */
    void sample(ProtoCursor in) throws UndecodableException {
        int outer = in.enter();
        double value = 0;
        long timestamp = 0;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case VALUE -> value = in.float64();
                case TIMESTAMP -> timestamp = in.varint();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        sample(value, timestamp);
    }

    private void sample(double value, long timestamp) throws UndecodableException {
        if (pending == values.length) {
            bound();
            values = Arrays.copyOf(values, 2 * pending);
            timestamps = Arrays.copyOf(timestamps, 2 * pending);
        }
        values[pending] = value;
        // these two have a meaning of their own in a draft
        timestamps[pending++] = timestamp <= Draft.BAD_TIME ? Draft.BAD_TIME : timestamp;
    }

    void histogram() {
        histograms++;
    }

    void exemplar() {
        exemplars++;
    }

    int histograms() {
        return histograms;
    }

    /** One that is no item, so that nobody is told of it. */
    void passExemplar() {
        passedOver++;
    }

    int passedOver() {
        return passedOver;
    }

    /** The samples that came since the last series are this one's. */
    void series(Series series, FieldType type) throws UndecodableException {
        switch (series) {
            case Series.Known known -> {
                byte number = type.number();
                for (int i = 0; i < pending; i++) {
                    rows.add(known.target(), timestamps[i], known.field(), number, values[i], samples + i);
                }
            }
            case Series.Bad bad -> {
                if (pending > 0) {
                    faults.items(samples, pending, pending, bad.code(), bad.detail());
                } else {
                    brokenSeries++;
                    broken = bad.detail();
                }
            }
        }
        samples += pending;
        pending = 0;
        bound();
    }

    private void bound() throws UndecodableException {
        if ((long) samples + pending + histograms + exemplars + passedOver + brokenSeries > MOST) {
            throw new UndecodableException(ErrorCode.TOO_MANY_POINTS, "at most " + MOST + " samples");
        }
    }

    Decoded decoded(RowHeads heads) {
        int items = samples;
        items += lost(items, histograms, ErrorCode.BAD_PARAMETER, "native histograms are not kept; send classic ones");
        items += lost(items, exemplars, ErrorCode.BAD_PARAMETER, "exemplars are not kept; leave them out");
        items += lost(items, brokenSeries, ErrorCode.MALFORMED, broken);
        return new Decoded(new RowDrafts(rows, heads).drafts(), items, faults);
    }

    private int lost(int first, int count, ErrorCode code, String detail) {
        if (count > 0) {
            faults.items(first, count, 0, code, detail);
        }
        return count;
    }
}
