/** Reading one's own writes: waits until what was acknowledged before a request can be seen by it. */
package io.peerscope.query.consistency;
