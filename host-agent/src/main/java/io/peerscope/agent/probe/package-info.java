/** Echo probes: how long peers take to answer, how evenly, and how often not at all; and the answers to theirs. */
package io.peerscope.agent.probe;
