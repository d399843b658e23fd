/** Load whose every value can be worked out again, and the book of what was acknowledged. */
package io.peerscope.simulator.load;
