/** Clocks of hosts that are wrong, and what was done about it. */
package io.peerscope.query.clock;
