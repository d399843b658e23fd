/** What became of samples, for who asks: by receipt, or by host and day. */
package io.peerscope.query.receipt;
