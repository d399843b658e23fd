/** A network that fails as it is told to. */
package io.peerscope.testkit.network;
