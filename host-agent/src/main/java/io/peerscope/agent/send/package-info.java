/** Reports on their way to ingest: the newest first, then what waited, in order and at a polite pace. */
package io.peerscope.agent.send;
