package io.peerscope.alert.topology;

/** How far the topic of points is judged, by this process or by those that had its tasks before. */
@FunctionalInterface
public interface PointsRead {
    /**
     * Up to when everything that was sent to this partition is known to be judged. Lags behind by about a second.
     *
     * @return epoch milliseconds; 0 where it is not known
     */
    long until(int partition);
}
