package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.IncidentLive;
import java.util.List;

/** An incident with the keys of the links it is about. */
public record IncidentMemory(IncidentLive shown, List<String> links) {}
