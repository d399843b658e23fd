/** Puts the gateway together. */
package io.peerscope.gateway.wiring;
