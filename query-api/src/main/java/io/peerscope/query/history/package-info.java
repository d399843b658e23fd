/** Questions about the past: what may be asked, and from which tier in which steps it is answered. Knows no database. */
package io.peerscope.query.history;
