/** The generator's HTTP: as little work a request as possible, so that what is measured is the server. */
package io.peerscope.benchmarks.wire;
