/** What the agent is told: by flags, by the environment, by a file, in that order. */
package io.peerscope.agent.config;
