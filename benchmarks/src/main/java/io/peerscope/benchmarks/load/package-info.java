/** Phases that send samples, and the wait until they have gone through. */
package io.peerscope.benchmarks.load;
