package io.peerscope.query.point;

/**
 * What makes a stored point one and the same.
 *
 * @param time event time, epoch milliseconds
 */
public record PointKey(long subjectId, long time) {}
