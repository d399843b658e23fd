/** A past of the wanted length, and the questions asked of it. */
package io.peerscope.benchmarks.history;
