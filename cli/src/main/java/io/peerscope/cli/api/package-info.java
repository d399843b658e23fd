/** How the command reaches Peerscope. */
package io.peerscope.cli.api;
