/** The doors for streaming peers: one connection or one stream at a time, as a session's player tells of it. */
package io.peerscope.ingest.analytics;
