/** Who may open the live socket, and from which page. */
package io.peerscope.gateway.access;
