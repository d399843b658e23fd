/** The suite's P2P metrics for Prometheus, under the names that P2P software uses for them. */
package io.peerscope.query.export;
