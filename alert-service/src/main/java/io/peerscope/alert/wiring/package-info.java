/** The assembly: settings in, one running topology out, its health and its counters. */
package io.peerscope.alert.wiring;
