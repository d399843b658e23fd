/** Clients of {@code /monitor} by the thousand, those that read and those that stop. */
package io.peerscope.benchmarks.socket;
