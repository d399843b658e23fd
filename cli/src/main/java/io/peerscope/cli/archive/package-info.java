/** Everything that Peerscope knows, in one file and back. */
package io.peerscope.cli.archive;
