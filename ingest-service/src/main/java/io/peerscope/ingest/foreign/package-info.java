/** What the words of other people's formats mean in ours, the same for all of them. Pure. */
package io.peerscope.ingest.foreign;
