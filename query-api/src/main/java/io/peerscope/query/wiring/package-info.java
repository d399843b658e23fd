/** The assembly: settings in, one running service out. The only place that knows the wall clock. */
package io.peerscope.query.wiring;
