/** Kafka and PostgreSQL for services under test: embedded, or in containers. */
package io.peerscope.testkit.infrastructure;
