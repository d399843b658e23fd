/** Rules over many subjects: what one task counts of its own, and the sum of what all tasks have counted. */
package io.peerscope.alert.group;
