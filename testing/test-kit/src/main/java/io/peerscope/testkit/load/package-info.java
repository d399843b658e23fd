/** Compares what was acknowledged with what is stored. */
package io.peerscope.testkit.load;
