package io.peerscope.query.history;

/**
 * How a question is answered. All times epoch milliseconds.
 *
 * @param step length of a step; steps start at multiples of it
 * @param rawFrom from here on raw points are read instead of minutes, which may not be closed yet
 */
public record HistoryPlan(Tier tier, long from, long to, long step, long rawFrom) {}
