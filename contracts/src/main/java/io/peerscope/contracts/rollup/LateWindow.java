package io.peerscope.contracts.rollup;

import io.peerscope.contracts.point.Subject;

/**
 * A window that was closed when another point for it arrived; its true roll-up must be computed from the raw points.
 *
 * @param start start of the window, epoch milliseconds
 */
public record LateWindow(Subject subject, long start) {}
