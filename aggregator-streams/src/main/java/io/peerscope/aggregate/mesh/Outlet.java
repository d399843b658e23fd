package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.TopologyLive;
import io.peerscope.contracts.point.PointBatch;
import org.jspecify.annotations.Nullable;

/** Where it goes what the mesh shows and what it must remember. Null: it is no more. */
public interface Outlet {
    /** Also remembered. */
    void link(String key, @Nullable LinkLive link);

    void presence(String host, @Nullable HostPresence presence);

    void topology(TopologyLive topology);

    /** Also remembered, with the links it is about. */
    void incident(String id, @Nullable IncidentMemory incident);

    /** What was concluded, as points for rules and history. */
    void conclude(PointBatch derived);

    void remember(String host, @Nullable HostMemory memory);

    void trouble(String key, @Nullable OpenTrouble trouble);
}
