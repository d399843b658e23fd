package io.peerscope.query.rest;

import java.time.InstantSource;

/** The service's clock under a name of its own: in one process with others, a bare clock would be anybody's. */
public record QueryClock(InstantSource source) {}
