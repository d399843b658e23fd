package io.peerscope.benchmarks.wire;

/** A request that is sent many times, each time with another id and other times. Not thread-safe. */
public interface Request {
    /**
     * @param id given to no other request
     * @param now epoch milliseconds
     * @return head and body, the same array each time
     */
    byte[] stamped(long id, long now);

    int samples();
}
