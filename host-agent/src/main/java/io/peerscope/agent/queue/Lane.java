package io.peerscope.agent.queue;

/** Two queues in one: what is new does not wait for what is old. */
public enum Lane {
    /** What was measured lately. */
    LIVE,
    /** What was measured while the server did not take anything. */
    BACKLOG
}
