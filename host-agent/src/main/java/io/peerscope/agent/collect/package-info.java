/** From what the machine says to the fields that are sent. The mapping is pure; only {@code Oshi…} asks the machine. */
package io.peerscope.agent.collect;
