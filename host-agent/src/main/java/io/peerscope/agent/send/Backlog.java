package io.peerscope.agent.send;

import java.util.Optional;

/**
 * Reports that the server has not taken yet, oldest first. Bounded: when it is full the oldest goes. One thread adds,
 * another takes away.
 */
public interface Backlog {
    void add(Report report);

    /** The oldest report, which stays until it is removed. */
    Optional<Report> oldest();

    /** Takes a report out; one that has been dropped meanwhile is no error. */
    void remove(Report report);

    int size();

    /** How many have been dropped, being too many, since the start. */
    long dropped();
}
