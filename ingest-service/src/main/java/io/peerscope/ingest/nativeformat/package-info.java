/** The native JSON format. */
package io.peerscope.ingest.nativeformat;
