package io.peerscope.query.store;

import java.util.List;

/**
 * A piece of a list.
 *
 * @param total length of the whole list
 */
public record Page<T>(List<T> items, long total) {}
