/** Stands where somebody else's webhook receiver stands. */
package io.peerscope.testkit.webhook;
