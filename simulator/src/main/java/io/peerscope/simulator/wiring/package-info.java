/** Where the model, the sender and the wall clock are put together. */
package io.peerscope.simulator.wiring;
