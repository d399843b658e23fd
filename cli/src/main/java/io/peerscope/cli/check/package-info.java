/** Whether Peerscope is well, seen from outside. */
package io.peerscope.cli.check;
