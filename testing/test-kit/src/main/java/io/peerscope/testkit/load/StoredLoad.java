package io.peerscope.testkit.load;

import java.util.Map;
import java.util.function.BiConsumer;

/** What is stored of a load, row by row: a row that is there twice comes twice. */
interface StoredLoad {
    void points(BiConsumer<PointId, Map<String, Double>> each);

    /** One-minute windows; the time is that of their start. */
    void windows(BiConsumer<PointId, Map<String, WindowTotals>> each);
}
