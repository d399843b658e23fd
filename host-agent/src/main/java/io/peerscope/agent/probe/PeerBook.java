package io.peerscope.agent.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who the peers are: a list, and the lines of a file that something else may keep up to date. This host itself is left
 * out, so that one file serves all hosts.
 */
public final class PeerBook {
    /** More would be a load for the network and thousands of series for the server. */
    public static final int MOST = 256;

    /** Hears what is wrong with the file or with names in it. */
    @FunctionalInterface
    public interface Complaints {
        void complain(String what);
    }

    private final String host;
    private final List<Peer> listed;
    private final Optional<Path> file;
    private final Complaints complaints;
    private List<Peer> fromFile = List.of();

    public PeerBook(String host, List<Peer> listed, Optional<Path> file, Complaints complaints) {
        this.host = host;
        this.listed = listed;
        this.file = file;
        this.complaints = complaints;
    }

    /** Reads the file anew and looks the names up; takes as long as the network's name service does. */
    public Map<Peer, Optional<InetSocketAddress>> look() {
        file.ifPresent(this::read);
        Map<Peer, Optional<InetSocketAddress>> addresses = new LinkedHashMap<>();
        for (Peer peer : peers()) {
            addresses.put(peer, address(peer));
        }
        return addresses;
    }

    List<Peer> peers() {
        Map<String, Peer> byName = new LinkedHashMap<>();
        listed.forEach(peer -> byName.put(peer.name(), peer));
        fromFile.forEach(peer -> byName.putIfAbsent(peer.name(), peer));
        byName.remove(host);
        if (byName.size() > MOST) {
            complaints.complain("%d peers are too many, only the first %d are probed; give this host a shorter list"
                    .formatted(byName.size(), MOST));
        }
        return byName.values().stream().limit(MOST).toList();
    }

    /** A file that is gone or half written changes nothing; the peers of before are probed on. */
    private void read(Path path) {
        List<Peer> peers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(path)) {
                String peer = line.strip();
                if (!peer.isEmpty() && !peer.startsWith("#")) {
                    peers.add(Peer.parse(peer));
                }
            }
            fromFile = List.copyOf(peers);
        } catch (IOException e) {
            complaints.complain("the peers file %s cannot be read (%s); mend it, or let probes.peers-file name another"
                    .formatted(path, e));
        } catch (IllegalArgumentException e) {
            complaints.complain("the peers file %s is not used: %s".formatted(path, e.getMessage()));
        }
    }

    private Optional<InetSocketAddress> address(Peer peer) {
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(peer.address()), peer.port()));
        } catch (UnknownHostException e) {
            complaints.complain(
                    "the network does not know %s, the address of peer %s; mend it in probes.peers or the peers file"
                            .formatted(peer.address(), peer.name()));
            return Optional.empty();
        }
    }
}
