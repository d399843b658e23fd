package io.peerscope.aggregate.network;

import io.peerscope.contracts.live.NetworkHealth;
import io.peerscope.contracts.live.NetworkLive;
import io.peerscope.contracts.live.NetworkLive.ActiveMaps;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * What the hosts of one partition, or of several, add up to; value of {@code network.partials}. Each sum goes with the
 * number of those it is over, so that "nobody knows" stays apart from zero.
 *
 * @param strained hosts that are up and at their limit
 * @param playerReports hosts that say, themselves or by their maps, how many players they have
 * @param links fresh links, each counted for every side that reports it
 * @param linkLatencies links that report a latency
 * @param placedMaps maps of which it is known where they run, online or not
 */
public record NetworkTotals(
        int up,
        int silent,
        int strained,
        int playerReports,
        double players,
        int links,
        int impaired,
        int linkLatencies,
        double linkLatencySum,
        int hostLatencies,
        double hostLatencySum,
        int placedMaps,
        int p2pMaps,
        int vpsMaps) {

    public NetworkTotals plus(NetworkTotals other) {
        return new NetworkTotals(
                up + other.up,
                silent + other.silent,
                strained + other.strained,
                playerReports + other.playerReports,
                players + other.players,
                links + other.links,
                impaired + other.impaired,
                linkLatencies + other.linkLatencies,
                linkLatencySum + other.linkLatencySum,
                hostLatencies + other.hostLatencies,
                hostLatencySum + other.hostLatencySum,
                placedMaps + other.placedMaps,
                p2pMaps + other.p2pMaps,
                vpsMaps + other.vpsMaps);
    }

    public NetworkLive view(Instant asOf) {
        OptionalDouble health = NetworkHealth.of(up, silent, strained, links, impaired);
        return new NetworkLive(
                up,
                silent,
                playerReports == 0 ? null : Math.round(players),
                health.isPresent() ? health.getAsDouble() : null,
                linkLatencies > 0
                        ? Double.valueOf(linkLatencySum / linkLatencies)
                        : hostLatencies > 0 ? Double.valueOf(hostLatencySum / hostLatencies) : null,
                placedMaps == 0 ? new ActiveMaps(null, null) : new ActiveMaps(p2pMaps, vpsMaps),
                links,
                asOf);
    }

    /** Adds up hosts. */
    public static final class Sum {
        private int up;
        private int silent;
        private int strained;
        private int playerReports;
        private double players;
        private int links;
        private int impaired;
        private int linkLatencies;
        private double linkLatencySum;
        private int hostLatencies;
        private double hostLatencySum;
        private int placedMaps;
        private int p2pMaps;
        private int vpsMaps;

        public void host(boolean isStrained) {
            up++;
            strained += isStrained ? 1 : 0;
        }

        public void silentHost() {
            silent++;
        }

        public void players(double count) {
            playerReports++;
            players += count;
        }

        public void links(int fresh, int ofThemImpaired, int withLatency, double latencySum) {
            links += fresh;
            impaired += ofThemImpaired;
            linkLatencies += withLatency;
            linkLatencySum += latencySum;
        }

        public void hostLatency(double millis) {
            hostLatencies++;
            hostLatencySum += millis;
        }

        public void maps(int placed, int onP2p, int onVps) {
            placedMaps += placed;
            p2pMaps += onP2p;
            vpsMaps += onVps;
        }

        public NetworkTotals total() {
            return new NetworkTotals(
                    up,
                    silent,
                    strained,
                    playerReports,
                    players,
                    links,
                    impaired,
                    linkLatencies,
                    linkLatencySum,
                    hostLatencies,
                    hostLatencySum,
                    placedMaps,
                    p2pMaps,
                    vpsMaps);
        }
    }
}
