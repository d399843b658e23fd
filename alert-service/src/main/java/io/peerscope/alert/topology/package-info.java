/** The Kafka Streams edge: topics in and out, stores, and the processor that carries them to the evaluation. */
package io.peerscope.alert.topology;
