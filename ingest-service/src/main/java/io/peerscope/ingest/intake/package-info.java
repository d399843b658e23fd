/** The way of a batch from its draft to its acknowledgement, the same for every door. Pure; meets Kafka at a port. */
package io.peerscope.ingest.intake;
