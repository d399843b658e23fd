/**
 * A real Kafka broker and a real PostgreSQL as child processes of this JVM, for the standalone program and for tests.
 *
 * <p>Every child hangs on a lifeline: its standard input, held open by this JVM. When the JVM goes, for whatever reason,
 * the operating system closes the pipe, and the child stops in order. Plain Java, no static state, so that it works in
 * any class loader and before any framework is up.
 */
@NullMarked
package io.peerscope.embedded;

import org.jspecify.annotations.NullMarked;
