/** Reads protobuf from memory, for every door that speaks it. */
package io.peerscope.ingest.protobuf;
