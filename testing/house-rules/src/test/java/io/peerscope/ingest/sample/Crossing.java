package io.peerscope.ingest.sample;

import io.peerscope.query.sample.Foreign;

record Crossing(Foreign foreign) {}
