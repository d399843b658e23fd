/** The network as it is now, with versions, and the log of alert transitions. Knows neither Kafka nor sockets. */
package io.peerscope.gateway.live;
