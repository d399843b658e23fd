package io.peerscope.aggregate;

/**
 * What became of points and windows. {@code received = windowed + late}: page when it stops balancing, something is lost
 * outside our sight. A repeated point counts as windowed each time it comes, though its window counts it once.
 */
public interface AggregatorMeter {
    /** Points with at least one value, in records that could be read. */
    void received(int points);

    void windowed(int points);

    /** Points of windows that were closed; the database computes those windows from the raw points. */
    void late(int points);

    /** One window of one subject closed; {@code recounted} where disorder made it read its points again. */
    void closed(boolean recounted);

    /** One host's window that grew beyond its bound and is left to the database. */
    void handedOver();

    /** Fields, maps or links that a host's live state had no room for. */
    void truncated(int entries);

    /** For tools that count nothing. */
    static AggregatorMeter silent() {
        return new AggregatorMeter() {
            @Override
            public void received(int points) {}

            @Override
            public void windowed(int points) {}

            @Override
            public void late(int points) {}

            @Override
            public void closed(boolean recounted) {}

            @Override
            public void handedOver() {}

            @Override
            public void truncated(int entries) {}
        };
    }
}
