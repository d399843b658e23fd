/** What happened on hosts, apart from what was measured: read, judged one by one, and made durable. */
package io.peerscope.ingest.events;
