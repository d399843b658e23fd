package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Footprint;
import io.peerscope.benchmarks.measure.Usage;

/**
 * Clients that stop reading beside as many that read.
 *
 * @param all latency of those who read while everybody does
 * @param beside while the others do not read, at the same rate
 * @param during while more comes than may wait for one client
 * @param after once those who do not read are gone
 * @param readersLost of those who read; anything but 0 is a bug
 * @param closed of those who do not
 * @param floodBytes that each client should have been sent meanwhile
 * @param before of the gateway before they stop
 * @param end of the gateway once they are gone
 * @param mostSocketBytes that the kernel held for connections meanwhile, of the whole machine
 * @param usage from the beginning of the flood
 */
public record StalledPhase(
        int stalled,
        Distribution.Summary all,
        Distribution.Summary beside,
        Distribution.Summary during,
        Distribution.Summary after,
        int readersLost,
        int closed,
        long floodBytes,
        Footprint before,
        Footprint end,
        long mostSocketBytes,
        Usage usage) {

    /** Bytes of RAM that the gateway's process had more at its peak, for each that did not read. */
    long residentAStalled() {
        Usage.Program gateway = usage.programs().get("dashboard-gateway");
        return gateway == null ? 0 : (gateway.peakBytes() - before.resident()) / stalled;
    }

    long socketBytesAStalled() {
        return Math.max(0, mostSocketBytes - before.sockets()) / stalled;
    }
}
