/**
 * What one client of {@code /monitor} asked for and is to be sent: subscriptions, conflation, resuming, limits. Knows no
 * socket.
 */
package io.peerscope.gateway.conversation;
