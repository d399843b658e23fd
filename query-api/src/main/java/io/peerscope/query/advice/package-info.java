/** What could be done better in the network, what that should bring, and what it brought. */
package io.peerscope.query.advice;
