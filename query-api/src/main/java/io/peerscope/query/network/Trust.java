package io.peerscope.query.network;

import io.peerscope.contracts.link.HostPresence;
import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkVerdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which end of a contradicted link is more likely wrong. */
public final class Trust {
    private Trust() {}

    /**
     * Who contradicts several of its peers is the likelier liar. Null where the link is not contradicted, or both are as
     * often.
     */
    public static @Nullable String suspect(LinkLive link, Map<String, HostPresence> presences) {
        if (link.verdict() != LinkVerdict.CONTRADICTION) {
            return null;
        }
        double ofA = rate(presences.get(link.a()));
        double ofB = rate(presences.get(link.b()));
        return ofA > ofB ? link.a() : ofB > ofA ? link.b() : null;
    }

    /** Share of its links that end in a contradiction, from 0 to 1. */
    public static double rate(@Nullable HostPresence presence) {
        if (presence == null || presence.linksUp() + presence.linksDown() == 0) {
            return 0;
        }
        return (double) presence.contradictions() / (presence.linksUp() + presence.linksDown());
    }
}
