package io.peerscope.agent.queue;

import io.peerscope.agent.report.Report;
import java.io.IOException;
import java.util.function.Predicate;

/** Reports of one run of the agent, numbered without gaps. Only ever appended to, and deleted as a whole. */
sealed interface Segment permits FileSegment, MemorySegment {
    /** Segments are numbered in the order of making, over restarts too. */
    long number();

    /** Which run of the agent measured these. */
    long run();

    /** Of the first report, within its run. */
    long firstReport();

    int count();

    long bytes();

    void append(Report report) throws IOException;

    /**
     * Hands over reports one after the other, leaving out those that can no longer be read, until the taker has enough.
     *
     * @param taker answers whether it took this report and wants more
     * @return index of the first report that was not taken
     */
    int read(int from, int to, Predicate<Report> taker) throws IOException;

    /** Makes what was appended outlive a power cut. */
    void force() throws IOException;

    /** No more will be appended. */
    void seal();

    void delete();
}
