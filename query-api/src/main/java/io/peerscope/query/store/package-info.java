/** The tables: every SQL statement of the service stands here. */
package io.peerscope.query.store;
