package io.peerscope.agent.queue;

/**
 * How much is kept. At most one segment more is in use for a moment.
 *
 * @param bytes of reports, on disk or, where there is no folder, in memory
 * @param memoryBytes of reports that are in memory because the folder cannot be written
 */
record Bounds(boolean onDisk, long bytes, long memoryBytes) {
    private static final long SMALLEST_SEGMENT = 16 << 10;
    private static final long LARGEST_SEGMENT = 1 << 20;
    private static final long STAND_IN = 4 << 20;

    static Bounds onDisk(long bytes) {
        return new Bounds(true, bytes, STAND_IN);
    }

    static Bounds inMemory(long bytes) {
        return new Bounds(false, bytes, 0);
    }

    /** The oldest is dropped by the segment, so a segment is a small part of all. */
    long segmentBytes() {
        return Math.clamp(bytes / 16, SMALLEST_SEGMENT, LARGEST_SEGMENT);
    }
}
