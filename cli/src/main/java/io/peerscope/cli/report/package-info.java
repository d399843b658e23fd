/** What commands found out, told to people and to scripts. */
package io.peerscope.cli.report;
