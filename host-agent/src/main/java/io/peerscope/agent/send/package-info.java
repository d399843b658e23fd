/** Reports on their way to ingest: kept while it is away, sent in order, dropped only when there are too many. */
package io.peerscope.agent.send;
