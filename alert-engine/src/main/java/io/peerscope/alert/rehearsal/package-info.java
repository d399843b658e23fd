/** A rule tried on what was sent in the past, by the very evaluation that runs live. */
package io.peerscope.alert.rehearsal;
