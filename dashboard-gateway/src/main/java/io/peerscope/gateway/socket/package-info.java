/** {@code /monitor} on Vert.x: the upgrade, back-pressure, pings, and the end of a connection whose credential ended. */
package io.peerscope.gateway.socket;
