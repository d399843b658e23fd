package io.peerscope.gateway.socket;

import io.peerscope.foundation.security.Principal;
import io.peerscope.gateway.conversation.CloseReason;
import io.peerscope.gateway.conversation.Limits;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** All open connections, and the clock work that keeps them going. */
public final class MonitorHub {
    /** Longest time that a change of state waits to be looked at. */
    private static final long LOOK_MS = 100;

    private static final long CREDENTIAL_CHECK_MS = 2000;

    private final Set<MonitorConnection> connections = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private final Limits limits;
    private final Predicate<Principal> stillValid;
    private final List<Long> timers = new ArrayList<>();

    /** @param stillValid whether the credential that opened a connection would still open it */
    public MonitorHub(Vertx vertx, Limits limits, Predicate<Principal> stillValid) {
        this.vertx = vertx;
        this.limits = limits;
        this.stillValid = stillValid;
    }

    public void start() {
        every(LOOK_MS, this::wakeAll);
        every(CREDENTIAL_CHECK_MS, this::shutOutRevoked);
        every(limits.pingIntervalMs(), () -> connections.forEach(MonitorConnection::ping));
    }

    /** Says goodbye to everybody; clients come back by themselves. */
    public void stop() {
        timers.forEach(vertx::cancelTimer);
        connections.forEach(connection -> connection.end(CloseReason.GOING_AWAY));
    }

    /** Lets every connection look at once, without waiting for the next tick. From any thread. */
    public void wakeAll() {
        connections.forEach(MonitorConnection::wake);
    }

    public int size() {
        return connections.size();
    }

    void add(MonitorConnection connection) {
        connections.add(connection);
        connection.open(() -> connections.remove(connection));
    }

    private void shutOutRevoked() {
        for (MonitorConnection connection : connections) {
            if (!stillValid.test(connection.principal())) {
                connection.end(CloseReason.CREDENTIAL_ENDED);
            }
        }
    }

    private void every(long millis, Runnable work) {
        timers.add(vertx.setPeriodic(millis, timer -> work.run()));
    }
}
