/** How much each credential may send in a time. Pure: the time comes in. */
package io.peerscope.ingest.quota;
