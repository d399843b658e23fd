package io.peerscope.agent.send;

/** Where reports are handed in. */
@FunctionalInterface
public interface Door {
    Answer post(Report report) throws InterruptedException;
}
