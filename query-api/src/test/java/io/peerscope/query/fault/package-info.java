/** Real processes that store, and are killed, stopped and cut off while they do. */
package io.peerscope.query.fault;
