package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.measure.Distribution;
import io.peerscope.benchmarks.measure.Footprint;
import io.peerscope.benchmarks.measure.Usage;

/**
 * Clients that all read.
 *
 * @param lost frames that did not come within a second after the last event
 * @param latency from before the event is put on Kafka until a client has its frame
 * @param before of the gateway without a client
 * @param with of the gateway with all of them
 */
public record SocketsPhase(
        int clients,
        long bytesAFrame,
        long lost,
        Distribution.Summary latency,
        Footprint before,
        Footprint with,
        Usage usage) {

    /** That the gateway kept busy. */
    public double cores() {
        Usage.Program gateway = usage.programs().get("dashboard-gateway");
        return gateway == null ? 0 : gateway.cpuSeconds() / usage.seconds();
    }

    long heapAClient() {
        return (with.liveHeap() - before.liveHeap()) / clients;
    }

    long residentAClient() {
        return (with.resident() - before.resident()) / clients;
    }
}
