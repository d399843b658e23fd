package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.protobuf.ProtoCursor.LENGTH_DELIMITED;
import static io.peerscope.ingest.protobuf.ProtoCursor.VARINT;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.protobuf.ProtoCursor;
import io.peerscope.ingest.protobuf.RowHeads;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads {@code io.prometheus.write.v2.Request}, remote write 2.0. The labels of a series are written out as 1.0 has them,
 * so that both versions know the same series by the same bytes. Start times of counters are passed over: a counter's reset
 * shows in its values. Thread-safe.
 */
final class RequestV2Decoder {
    private static final int SYMBOLS = 4 << 3 | LENGTH_DELIMITED;
    private static final int TIMESERIES = 5 << 3 | LENGTH_DELIMITED;
    /** Field numbers below are those of 1.0 and reserved here. */
    private static final int FIRST_FIELD = 4;

    private static final int LABELS_REFS = 1 << 3;
    private static final int SAMPLES = 2 << 3 | LENGTH_DELIMITED;
    private static final int HISTOGRAMS = 3 << 3 | LENGTH_DELIMITED;
    private static final int EXEMPLARS = 4 << 3 | LENGTH_DELIMITED;
    private static final int METADATA = 5 << 3 | LENGTH_DELIMITED;

    private static final int METADATA_TYPE = 1 << 3 | VARINT;

    private final SeriesReading reading;
    private final SeriesCache cache;
    private final RowHeads heads;
    private final ThreadLocal<Collected> collected;
    private final LongAdder histograms = new LongAdder();

    RequestV2Decoder(SeriesReading reading, SeriesCache cache, RowHeads heads, ThreadLocal<Collected> collected) {
        this.reading = reading;
        this.cache = cache;
        this.heads = heads;
        this.collected = collected;
    }

    Decoded decode(byte[] body, int length, Sender sender) throws UndecodableException {
        Symbols symbols = new Symbols(body);
        boolean another = false;
        boolean timeseries = false;
        ProtoCursor in = new ProtoCursor(body, length);
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == SYMBOLS) {
                int size = in.length();
                symbols.add(in.position(), size);
                in.pass(size);
            } else {
                timeseries |= tag == TIMESERIES;
                another |= tag >>> 3 < FIRST_FIELD;
                in.skip(tag);
            }
        }
        if (another && !timeseries) {
            throw ProtoCursor.malformed("this is a message of remote write 1.0, which its Content-Type must say");
        }
        if (timeseries && !symbols.beginEmpty()) {
            throw ProtoCursor.malformed("the first symbol must be empty");
        }
        Collected found = collected.get().begin(length);
        LabelBlock labels = new LabelBlock(symbols);
        SeriesLookup series = new SeriesLookup(reading, cache, sender);
        in.position(0);
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == TIMESERIES) {
                timeseries(in, labels, found, series);
            } else {
                in.skip(tag);
            }
        }
        if (found.histograms() > 0) {
            histograms.add(found.histograms());
        }
        return found.decoded(heads);
    }

    long refusedHistograms() {
        return histograms.sum();
    }

    private static void timeseries(ProtoCursor in, LabelBlock labels, Collected found, SeriesLookup series)
            throws UndecodableException {
        int outer = in.enter();
        labels.begin();
        int type = 0;
        boolean samples = false;
        boolean histograms = false;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case LABELS_REFS | LENGTH_DELIMITED -> labels.packed(in);
                case LABELS_REFS | VARINT -> labels.reference(in.varint());
                case SAMPLES -> {
                    samples = true;
                    found.sample(in);
                }
                case HISTOGRAMS -> {
                    histograms = true;
                    found.histogram();
                    in.skip(tag);
                }
                case EXEMPLARS -> {
                    found.exemplar();
                    in.skip(tag);
                }
                case METADATA -> type = metadataType(in);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        Series one = samples && histograms
                ? new Series.Bad(ErrorCode.BAD_PARAMETER, "a series with samples and histograms")
                : labels.series(series);
        FieldType said = type != 0 && one instanceof Series.Known known
                ? MetricTypes.of(type, known.field())
                : FieldType.UNKNOWN;
        found.series(one, said);
    }

    private static int metadataType(ProtoCursor in) throws UndecodableException {
        int outer = in.enter();
        long type = 0;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == METADATA_TYPE) {
                type = in.varint();
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return type > 0 && type < 8 ? (int) type : 0;
    }
}
