package io.peerscope.notify.message;

import io.peerscope.contracts.live.HostLive;
import java.util.Optional;
import java.util.function.Consumer;

/** What is known of hosts at this moment. */
public interface HostsNow {
    Optional<HostLive> host(String name);

    void each(Consumer<HostLive> reader);

    /** Of a network of which nothing is known. */
    static HostsNow none() {
        return new HostsNow() {
            @Override
            public Optional<HostLive> host(String name) {
                return Optional.empty();
            }

            @Override
            public void each(Consumer<HostLive> reader) {}
        };
    }
}
