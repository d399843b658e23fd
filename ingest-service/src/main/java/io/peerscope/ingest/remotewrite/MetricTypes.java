package io.peerscope.ingest.remotewrite;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.ingest.admission.Sender;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What senders of remote write 1.0 said of the types of their metrics: they say it in requests of their own, once a minute.
 * Each token's word counts for its own samples only. Bounded, for each token and for all: who has said too much begins anew,
 * and is told again within a minute. Thread-safe.
 */
final class MetricTypes {
    /** Bytes of one token's words, some 50 000 usual names, and of all. */
    private static final int MOST_OF_ONE = 8 << 20;

    private static final int MOST = 32 << 20;
    /** What an entry takes beside its name. */
    private static final int ENTRY = 100;

    // MetricMetadata.MetricType of 1.0 and Metadata.MetricType of 2.0
    private static final int COUNTER = 1;
    private static final int GAUGE = 2;
    private static final int HISTOGRAM = 3;
    private static final int GAUGE_HISTOGRAM = 4;
    private static final int SUMMARY = 5;
    private static final int INFO = 6;
    private static final int STATE_SET = 7;

    private final ConcurrentHashMap<Sender, Words> bySender = new ConcurrentHashMap<>();
    private final AtomicInteger held = new AtomicInteger();

    private static final class Words {
        final ConcurrentHashMap<String, FieldType> types = new ConcurrentHashMap<>();
        final AtomicInteger held = new AtomicInteger();
    }

    /** By name of a series. Changes while it is looked at. */
    Map<String, FieldType> of(Sender sender) {
        Words words = bySender.get(sender);
        return words == null ? Map.of() : words.types;
    }

    /** @param family the name that stands in metadata, without the suffixes that its series have */
    void learn(Sender sender, String family, int type) {
        switch (type) {
            case COUNTER -> {
                put(sender, family, FieldType.COUNTER);
                put(sender, family + "_total", FieldType.COUNTER);
            }
            case GAUGE, INFO, STATE_SET -> put(sender, family, FieldType.GAUGE);
            case HISTOGRAM, GAUGE_HISTOGRAM -> {
                put(sender, family + "_bucket", type == HISTOGRAM ? FieldType.COUNTER : FieldType.GAUGE);
                totals(sender, family);
            }
            case SUMMARY -> {
                put(sender, family, FieldType.GAUGE);
                totals(sender, family);
            }
            default -> {
                // nothing is said
            }
        }
    }

    private void totals(Sender sender, String family) {
        put(sender, family + "_count", FieldType.COUNTER);
        put(sender, family + "_sum", FieldType.COUNTER);
    }

    private void put(Sender sender, String field, FieldType type) {
        Words words = bySender.computeIfAbsent(sender, first -> new Words());
        if (words.types.put(field, type) != null) {
            return;
        }
        int bytes = ENTRY + field.length();
        held.addAndGet(bytes);
        if (words.held.addAndGet(bytes) > MOST_OF_ONE && bySender.remove(sender, words)) {
            held.addAndGet(-words.held.get());
        }
        if (held.get() > MOST) {
            bySender.clear();
            held.set(0);
        }
    }

    /** What metadata that stand with a series of 2.0 say of it. */
    static FieldType of(int type, String field) {
        return switch (type) {
            case COUNTER -> FieldType.COUNTER;
            case GAUGE, GAUGE_HISTOGRAM, INFO, STATE_SET -> FieldType.GAUGE;
            case HISTOGRAM -> isTotal(field) || field.endsWith("_bucket") ? FieldType.COUNTER : FieldType.UNKNOWN;
            case SUMMARY -> isTotal(field) ? FieldType.COUNTER : FieldType.GAUGE;
            default -> FieldType.UNKNOWN;
        };
    }

    private static boolean isTotal(String field) {
        return field.endsWith("_count") || field.endsWith("_sum");
    }
}
