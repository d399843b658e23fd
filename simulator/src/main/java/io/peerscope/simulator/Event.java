package io.peerscope.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened on a host, in the words of the events API.
 *
 * @param peer "" where it concerns nobody else; so are from and to where there is no such thing
 * @param detail what more there is to say: texts, numbers
 */
public record Event(
        String host, String type, Instant timestamp, String peer, String from, String to, Map<String, Object> detail) {}
