/** Batches to ingest over HTTP, with an outcome for each. */
package io.peerscope.simulator.send;
