/** Prometheus remote write 1.0 and 2.0. Series that were seen before are known again by their bytes. */
package io.peerscope.ingest.remotewrite;
