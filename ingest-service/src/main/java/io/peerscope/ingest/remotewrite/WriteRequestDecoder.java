package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.protobuf.ProtoCursor.LENGTH_DELIMITED;
import static io.peerscope.ingest.protobuf.ProtoCursor.VARINT;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.protobuf.ProtoCursor;
import io.peerscope.ingest.protobuf.RowHeads;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads {@code prometheus.WriteRequest}, remote write 1.0. Its specification knows no exemplars, and fields that are not
 * known are passed over; there is no way to tell the sender but to call the whole request bad. Thread-safe.
 */
final class WriteRequestDecoder {
    private static final int TIMESERIES = 1 << 3 | LENGTH_DELIMITED;
    private static final int METADATA = 3 << 3 | LENGTH_DELIMITED;
    /** What a request of 2.0 has, and one of 1.0 never. */
    private static final int SYMBOLS = 4 << 3 | LENGTH_DELIMITED;

    private static final int LABELS = 1 << 3 | LENGTH_DELIMITED;
    private static final int SAMPLES = 2 << 3 | LENGTH_DELIMITED;
    private static final int EXEMPLARS = 3 << 3 | LENGTH_DELIMITED;
    private static final int HISTOGRAMS = 4 << 3 | LENGTH_DELIMITED;

    private static final int TYPE = 1 << 3 | VARINT;
    private static final int FAMILY = 2 << 3 | LENGTH_DELIMITED;

    private final SeriesReading reading;
    private final SeriesCache cache;
    private final RowHeads heads;
    private final ThreadLocal<Collected> collected;
    private final MetricTypes types;
    private final LongAdder exemplars = new LongAdder();
    private final LongAdder histograms = new LongAdder();

    WriteRequestDecoder(
            SeriesReading reading,
            SeriesCache cache,
            RowHeads heads,
            MetricTypes types,
            ThreadLocal<Collected> collected) {
        this.reading = reading;
        this.cache = cache;
        this.heads = heads;
        this.collected = collected;
        this.types = types;
    }

    Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException {
        ProtoCursor in = new ProtoCursor(body, length);
        Collected found = collected.get().begin(length);
        SeriesLookup series = new SeriesLookup(reading, cache, sender);
        Map<String, FieldType> known = types.of(sender);
        boolean understood = false;
        boolean symbols = false;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case TIMESERIES -> {
                    understood = true;
                    timeseries(in, found, series, known);
                }
                case METADATA -> {
                    understood = true;
                    metadata(in, sender);
                }
                default -> {
                    symbols |= tag == SYMBOLS;
                    in.skip(tag);
                }
            }
        }
        if (symbols && !understood) {
            throw ProtoCursor.malformed("this is a message of remote write 2.0, which its Content-Type must say");
        }
        if (found.passedOver() > 0) {
            exemplars.add(found.passedOver());
        }
        if (found.histograms() > 0) {
            histograms.add(found.histograms());
        }
        return found.decoded(heads);
    }

    /** How many were passed over. */
    long droppedExemplars() {
        return exemplars.sum();
    }

    long refusedHistograms() {
        return histograms.sum();
    }

    private static void timeseries(ProtoCursor in, Collected found, SeriesLookup series, Map<String, FieldType> known)
            throws UndecodableException {
        int outer = in.enter();
        int from = in.position();
        while (in.hasMore() && in.peek() == LABELS) {
            in.tag();
            in.pass(in.length());
        }
        int to = in.position();
        boolean scattered = false;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case SAMPLES -> found.sample(in);
                case EXEMPLARS -> {
                    found.passExemplar();
                    in.skip(tag);
                }
                case HISTOGRAMS -> {
                    found.histogram();
                    in.skip(tag);
                }
                default -> {
                    scattered |= tag == LABELS;
                    in.skip(tag);
                }
            }
        }
        Series one;
        if (scattered) {
            byte[] block = labels(in.bytes(), from, in.end());
            one = series.of(block, 0, block.length);
        } else {
            one = series.of(in.bytes(), from, to);
        }
        FieldType type = known.isEmpty() || !(one instanceof Series.Known good)
                ? FieldType.UNKNOWN
                : known.getOrDefault(good.field(), FieldType.UNKNOWN);
        found.series(one, type);
        in.leave(outer);
    }

    /** Labels that do not stand together, put together. No sender does this, but protobuf allows it. */
    private static byte[] labels(byte[] bytes, int from, int to) throws UndecodableException {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        ProtoCursor in = new ProtoCursor(bytes, from, to);
        while (in.hasMore()) {
            int start = in.position();
            int tag = in.tag();
            in.skip(tag);
            if (tag == LABELS) {
                labels.write(bytes, start, in.position() - start);
            }
        }
        return labels.toByteArray();
    }

    private void metadata(ProtoCursor in, Sender sender) throws UndecodableException {
        int outer = in.enter();
        long type = 0;
        String family = "";
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case TYPE -> type = in.varint();
                case FAMILY -> family = in.text();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        if (type > 0 && type < 8 && !family.isEmpty() && family.length() < SeriesCache.LONGEST) {
            types.learn(sender, family, (int) type);
        }
    }
}
