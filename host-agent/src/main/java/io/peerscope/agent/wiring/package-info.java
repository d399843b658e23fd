/** Where the collector, the courier, the clocks and the command line are put together. */
package io.peerscope.agent.wiring;
