/** A collector of traces that keeps what it is told. */
package io.peerscope.testkit.collector;
