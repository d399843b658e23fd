package io.peerscope.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Choice of TCP ports on 127.0.0.1. */
public final class FreePort {
    /**
     * Below the range from which Linux (32768 on) and macOS (49152 on) take the local ends of outgoing connections. From
     * inside that range a server that restarts on its port may find it taken by a client, even by one of its own that
     * was connected to itself while it retried.
     */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private FreePort() {}

    /** A port that is free now. It is not reserved: bind it soon. */
    public static int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedStartException(
                "No free port found on 127.0.0.1 between %d and %d.".formatted(LOWEST, HIGHEST));
    }

    /**
     * The wanted port, or any free one when it is 0.
     *
     * @param purpose who wants it, for the message: "the dashboard"
     * @param option how the user chooses another one, for the message: "--port"
     * @throws EmbeddedStartException when the wanted port is taken
     */
    public static int claim(int wanted, String purpose, String option) {
        if (wanted == 0) {
            return any();
        }
        if (wanted < 0 || wanted > 65_535) {
            throw new EmbeddedStartException("%s %d is no port: choose 0 to 65535.".formatted(option, wanted));
        }
        if (isFree(wanted)) {
            return wanted;
        }
        throw new EmbeddedStartException(
                "Port %d, wanted for %s, is taken by another program. Stop that program, or choose another port with %s N."
                        .formatted(wanted, purpose, option));
    }

    /** Whether a server could listen on this port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(
                    true); // a port of closed connections in TIME_WAIT is free, as Kafka and PostgreSQL see it
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
