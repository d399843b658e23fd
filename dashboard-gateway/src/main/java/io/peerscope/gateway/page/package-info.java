/** The addresses, headers and caching of the dashboard, and the way to query-api. */
package io.peerscope.gateway.page;
