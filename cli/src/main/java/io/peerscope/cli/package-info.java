/** The command {@code peerscope}. */
package io.peerscope.cli;
