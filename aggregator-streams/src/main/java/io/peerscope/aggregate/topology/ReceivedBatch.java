package io.peerscope.aggregate.topology;

import io.peerscope.contracts.point.PointBatch;

/** A batch with the bytes it came as, which the journal of windows keeps. */
@SuppressWarnings("ArrayRecordComponent") // passed from one processor to the next, never compared
record ReceivedBatch(PointBatch batch, byte[] encoded) {}
