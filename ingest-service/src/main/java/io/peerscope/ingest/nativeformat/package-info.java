/** The native format, as JSON and as protobuf. */
package io.peerscope.ingest.nativeformat;
