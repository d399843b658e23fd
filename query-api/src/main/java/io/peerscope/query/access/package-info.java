/** Who may do what: passwords, sessions, tokens, and the first credentials of a new installation. */
package io.peerscope.query.access;
