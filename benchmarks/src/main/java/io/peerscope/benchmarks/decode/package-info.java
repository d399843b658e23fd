/** What one sample costs in each decoder: JMH, {@code benchmarks/run jmh}. */
package io.peerscope.benchmarks.decode;
