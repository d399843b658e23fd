package io.peerscope.testkit.load;

/**
 * Identity of a point or a window in a load, where each host is one subject.
 *
 * @param time epoch milliseconds
 */
record PointId(String host, long time) {
    @Override
    public String toString() {
        return host + "@" + time;
    }
}
