package io.peerscope.agent.collect;

/** The machine, for whoever wants to know how it is. */
@FunctionalInterface
public interface Readings {
    Reading take();
}
