package io.peerscope.alert.lifecycle;

import io.peerscope.contracts.alert.AlertEvent;
import java.util.List;

/** What one input did: the state after it, and what is to be told of it, in order. */
public record Step(AlertState state, List<AlertEvent> events) {}
