/** What can be typed after {@code peerscope}. */
package io.peerscope.cli.command;
