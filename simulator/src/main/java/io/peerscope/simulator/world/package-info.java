/** The model: pure functions of seed and time. Knows nothing of HTTP, threads or the wall clock. */
package io.peerscope.simulator.world;
