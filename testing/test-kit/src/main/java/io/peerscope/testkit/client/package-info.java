/** What talks to Peerscope: the REST API and the live socket. */
package io.peerscope.testkit.client;
