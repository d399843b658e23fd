/** A make-believe P2P network that is the same every time, and what brings it to ingest by the front door. */
package io.peerscope.simulator;
