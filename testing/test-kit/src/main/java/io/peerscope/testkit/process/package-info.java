/** Peerscope's processes: started as a user starts them, killed and paused as faults do it. */
package io.peerscope.testkit.process;
