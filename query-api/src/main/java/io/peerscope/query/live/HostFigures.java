package io.peerscope.query.live;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What the hosts that are up say together; null where none of them says anything. */
public final class HostFigures {
    private final Collection<HostLive> hosts;

    public HostFigures(Collection<HostLive> hosts) {
        this.hosts = hosts.stream()
                .filter(host -> host.status() == HostStatus.UP || host.status() == HostStatus.DEGRADED)
                .toList();
    }

    private DoubleStream values(String field) {
        return hosts.stream()
                .map(host -> host.fields().get(field))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite);
    }

    public @Nullable Double mean(String field) {
        return values(field).average().stream().boxed().findFirst().orElse(null);
    }

    public @Nullable Double sum(String field) {
        return values(field).boxed().reduce(Double::sum).orElse(null);
    }
}
