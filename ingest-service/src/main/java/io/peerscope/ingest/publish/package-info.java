/** Makes batches durable in Kafka. */
package io.peerscope.ingest.publish;
