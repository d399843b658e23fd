package io.peerscope.ingest.line;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.foreign.Kinds;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Understands line protocol. A line that cannot be read is a fault, and the others are kept. Numbers become fields,
 * booleans 0 and 1; texts become states where they can be, and are left out and counted where they cannot.
 *
 * <p>Hosts send the same measurement, tags and field keys again and again, so these are remembered as bytes: a line that
 * is known costs no text at all. Thread-safe.
 */
public final class LineDecoder {
    private final SeriesCache known = new SeriesCache();
    private final FieldPlans plans = new FieldPlans();
    private final LongAdder droppedTexts = new LongAdder();
    private final Naming naming;
    private final Kinds kinds;

    public LineDecoder(MetricCatalogue catalogue) {
        this.naming = new Naming(catalogue);
        this.kinds = new Kinds(catalogue);
    }

    /** @param body may be longer than {@code length} */
    public Decoded decode(byte[] body, int length, LineApi api, Precision precision, Sender sender)
            throws UndecodableException {
        return new LineReading(this, body, length, api, precision, sender).read();
    }

    /** Texts that could not be states, since the start. */
    public double droppedTexts() {
        return droppedTexts.sum();
    }

    void dropped(long texts) {
        if (texts > 0) {
            droppedTexts.add(texts);
        }
    }

    Series series(byte[] bytes, int from, int to, Sender sender) throws BadLineException {
        return known.of(bytes, from, to, sender);
    }

    FieldPlan plan(Series series, List<byte[]> keys, List<Boolean> texts) throws BadLineException {
        FieldPlan plan = plans.shared(FieldPlan.of(series, keys, texts, naming, kinds));
        if (plans.areTooMany()) {
            known.forget();
        }
        return plan;
    }
}
