package io.peerscope.embedded;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The controllers that decide together; every broker is one of them.
 *
 * @param node which of them this one is, counted from 1
 * @param ports of all controllers, that of node 1 first
 * @param clusterId for storages that have none yet
 */
record Quorum(int node, List<Integer> ports, String clusterId) {

    /** Nobody else knows its port, so it may be another one with every start. */
    static Quorum alone() {
        return new Quorum(1, List.of(FreePort.any()), newClusterId());
    }

    /** Of so many, seen by the first. */
    static Quorum of(int size) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < size) {
            int port = FreePort.any();
            if (!ports.contains(port)) {
                ports.add(port);
            }
        }
        return new Quorum(1, List.copyOf(ports), newClusterId());
    }

    Quorum as(int anotherNode) {
        return new Quorum(anotherNode, ports, clusterId);
    }

    int size() {
        return ports.size();
    }

    int port() {
        return ports.get(node - 1);
    }

    /** As Kafka writes it. */
    String voters() {
        List<String> voters = new ArrayList<>();
        for (int voter = 1; voter <= ports.size(); voter++) {
            voters.add(voter + "@127.0.0.1:" + ports.get(voter - 1));
        }
        return String.join(",", voters);
    }

    /** Kafka writes 16 bytes in URL-safe Base64. */
    private static String newClusterId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        bytes[0] &= 0x7f; // no leading '-', which a command line takes for an option
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
