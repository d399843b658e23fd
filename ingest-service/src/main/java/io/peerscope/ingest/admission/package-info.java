/** What may come in: grammar, ranges, time. Pure: decides, and does nothing else. */
package io.peerscope.ingest.admission;
