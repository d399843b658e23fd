package io.peerscope.query.materialize;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record and what it says. */
record Delivered<T>(ConsumerRecord<String, byte[]> source, T content) {}
