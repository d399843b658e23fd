/** Links, the graph, presence and incidents as last heard, and what can be advised from them. */
package io.peerscope.query.network;
