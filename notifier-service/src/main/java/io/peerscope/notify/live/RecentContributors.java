package io.peerscope.notify.live;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.notify.message.HostsNow;
import io.peerscope.notify.message.TopContributors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who has the largest part in an alert. To know that of all hosts takes time, so all channels share one look. */
public final class RecentContributors implements Function<Alert, List<Contributor>> {
    private static final int REMEMBERED = 64;
    private static final Duration RECENT = Duration.ofSeconds(5);

    private final HostsNow hosts;
    private final InstantSource clock;
    private final Map<String, Look> looks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Look(Instant at, List<Contributor> seen) {}

    public RecentContributors(HostsNow hosts, InstantSource clock) {
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public List<Contributor> apply(Alert alert) {
        return alert.host().equals(Measure.Group.ANY_HOST) ? ofAll(alert) : TopContributors.of(alert, hosts);
    }

    private synchronized List<Contributor> ofAll(Alert alert) {
        Instant now = clock.instant();
        Look last = looks.get(alert.key());
        if (last != null && Duration.between(last.at(), now).abs().compareTo(RECENT) < 0) {
            return last.seen();
        }
        List<Contributor> seen = TopContributors.of(alert, hosts);
        looks.put(alert.key(), new Look(now, seen));
        return seen;
    }
}
