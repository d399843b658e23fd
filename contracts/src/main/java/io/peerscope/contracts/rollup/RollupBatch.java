package io.peerscope.contracts.rollup;

import java.util.List;

/**
 * Windows of one host that closed together, and windows that late points touched: one record of
 * {@code metrics.rollups}, keyed by the host.
 *
 * @param windowMillis length of the windows
 * @param sourceOffset offset in the same partition of {@code metrics.points} up to which, inclusive, the raw points must
 *     be stored before a late window can be recomputed; -1 where {@code late} is empty
 */
public record RollupBatch(
        String host, long windowMillis, List<Rollup> rollups, List<LateWindow> late, long sourceOffset) {}
