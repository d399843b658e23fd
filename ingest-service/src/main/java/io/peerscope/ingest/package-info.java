/** HTTP in, Kafka out. Decides everything that can be refused before the produce call. */
package io.peerscope.ingest;
