package io.peerscope.query.rest;

import io.peerscope.contracts.catalogue.MetricCatalogue;

/** The metric catalogue under a name of our own, as with {@link QueryClock}. */
public record KnownMetrics(MetricCatalogue catalogue) {}
