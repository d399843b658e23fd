/** Reports that wait for the server: on disk where there is a folder for them, bounded, the oldest dropped first. */
package io.peerscope.agent.queue;
