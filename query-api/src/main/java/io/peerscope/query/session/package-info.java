/** What sessions of streaming peers were like: what reports say of them, whatever they are read from. */
package io.peerscope.query.session;
