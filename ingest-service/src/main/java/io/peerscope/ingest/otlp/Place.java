package io.peerscope.ingest.otlp;

import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.foreign.Kinds;
import io.peerscope.ingest.foreign.Origin;
import java.util.ArrayList;
import java.util.List;

/** Of which subject, and of when, a data point tells; or why that cannot be said. */
record Place(String host, String kind, List<String> labels, long timestamp, Trouble trouble) {
    enum Trouble {
        NONE,
        NO_HOST,
        NOT_NANOSECONDS
    }

    /** March 1973 in milliseconds; who means a time before that means another unit. */
    private static final long EARLIEST = 100_000_000_000L;

    /** @param nanos unsigned; 0 where the sender does not say, which means now */
    static Place of(List<String> resource, List<String> labels, long nanos, Sender sender, Kinds kinds, String metric) {
        Origin origin = Origin.of(resource, labels, sender);
        long millis = nanos == 0 ? Draft.NO_TIME : Long.divideUnsigned(nanos, 1_000_000);
        Trouble trouble = Trouble.NONE;
        if (origin.host().isEmpty()) {
            trouble = Trouble.NO_HOST;
        } else if (nanos != 0 && millis < EARLIEST) {
            trouble = Trouble.NOT_NANOSECONDS;
        }
        return new Place(origin.host(), kinds.of(origin, metric), origin.labels(), millis, trouble);
    }

    boolean isKnown() {
        return trouble == Trouble.NONE;
    }

    /** With one label more, or another value of it. */
    Place with(String name, String value) {
        List<String> more = new ArrayList<>(labels.size() + 2);
        for (int i = 0; i < labels.size(); i += 2) {
            if (!labels.get(i).equals(name)) {
                more.add(labels.get(i));
                more.add(labels.get(i + 1));
            }
        }
        more.add(name);
        more.add(value);
        return new Place(host, kind, List.copyOf(more), timestamp, trouble);
    }
}
