/** Puts the service together and ties it to Quarkus; the only place that reads a clock. */
package io.peerscope.ingest.wiring;
