/** What only Kafka can tell. */
package io.peerscope.cli.kafka;
