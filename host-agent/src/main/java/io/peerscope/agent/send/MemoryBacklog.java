package io.peerscope.agent.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A backlog that ends with the process. */
public final class MemoryBacklog implements Backlog {
    private final int capacity;
    private final Deque<Report> reports = new ArrayDeque<>();
    private long dropped;

    public MemoryBacklog(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, was " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public synchronized void add(Report report) {
        if (reports.size() == capacity) {
            reports.removeFirst();
            dropped++;
        }
        reports.addLast(report);
    }

    @Override
    public synchronized Optional<Report> oldest() {
        return Optional.ofNullable(reports.peekFirst());
    }

    @Override
    public synchronized void remove(Report report) {
        reports.remove(report);
    }

    @Override
    public synchronized int size() {
        return reports.size();
    }

    @Override
    public synchronized long dropped() {
        return dropped;
    }
}
