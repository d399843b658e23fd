package io.peerscope.benchmarks.report;

import io.peerscope.benchmarks.load.Sent;
import io.peerscope.benchmarks.measure.Usage;
import io.peerscope.benchmarks.probe.Latencies;

/** How soon somebody is told while a load goes on. */
public record LatencyPhase(String name, Sent sent, Latencies latencies, Usage usage) {}
