package io.peerscope.agent.config;

import io.peerscope.agent.probe.Peer;
import io.peerscope.agent.probe.ProbeTiming;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * @param listen where probes of others are answered; nowhere where empty
 * @param answersPerSecond to one address
 */
public record ProbeConfig(
        List<Peer> peers,
        Optional<Path> peersFile,
        ProbeTiming timing,
        Optional<InetSocketAddress> listen,
        int answersPerSecond,
        Optional<Path> secretFile) {
    /** The same, but nobody is answered: two processes cannot listen at one port. */
    public ProbeConfig asking() {
        return new ProbeConfig(peers, peersFile, timing, Optional.empty(), answersPerSecond, secretFile);
    }

    /** Whether there is anybody to ask or to answer. */
    public boolean wanted() {
        return !peers.isEmpty() || peersFile.isPresent() || listen.isPresent();
    }
}
