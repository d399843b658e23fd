package io.peerscope.gateway.conversation;

/**
 * What one connection may cost.
 *
 * @param messageBytes of one message from the client
 * @param bufferBytes that may wait for a client which does not read
 * @param stateIntervalMs shortest time between two frames of the same state
 * @param pingIntervalMs two unanswered pings end the connection
 */
public record Limits(
        int messageBytes,
        int subscriptions,
        int messagesPerSecond,
        long bufferBytes,
        long stateIntervalMs,
        long pingIntervalMs) {

    public static Limits standard() {
        return new Limits(16 << 10, 100, 20, 1 << 20, 1000, 15_000);
    }
}
