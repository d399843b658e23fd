package io.peerscope.agent.config;

/** What the agent is started for. */
public enum Command {
    /** Measure and report until told to stop. */
    RUN,
    /** Show one report, hand it in, and say what the server answers. */
    CHECK,
    HELP
}
