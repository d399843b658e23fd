/** How far each host's data reach, so that a host that comes back sends only what is missing. */
package io.peerscope.ingest.cursor;
