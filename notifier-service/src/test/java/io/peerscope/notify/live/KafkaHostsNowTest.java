package io.peerscope.notify.live;

import static io.peerscope.contracts.alert.Severity.CRITICAL;
import static io.peerscope.notify.Alerts.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.alert.Alert;
import io.peerscope.contracts.alert.AlertStatus;
import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.notify.Contributor;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.message.HostsNow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class KafkaHostsNowTest {
    private Instant now = T0;
    private final KafkaHostsNow hosts =
            new KafkaHostsNow(new KafkaClients(KafkaConfig.local("127.0.0.1:1", Path.of("target"))), () -> now);

    @Test
    void who_speaks_is_known_and_who_left_or_fell_silent_is_not() {
        hosts.take("h1", live("h1", 90));
        hosts.take("h2", live("h2", 80));
        hosts.take("odd", "{]".getBytes(StandardCharsets.UTF_8));
        assertThat(known()).containsExactlyInAnyOrder("h1", "h2");
        assertThat(hosts.host("odd")).isEmpty();

        hosts.take("h2", null);
        assertThat(known()).containsExactly("h1");
        now = T0.plusSeconds(121);
        assertThat(hosts.host("h1")).isEmpty();
    }

    @Test
    void there_is_an_end_to_what_it_holds() {
        byte[] large = new byte[40 << 20];
        hosts.take("large", large);
        hosts.take("larger", large);
        hosts.take("h1", live("h1", 90));
        assertThat(known()).containsExactly("h1");

        hosts.take("large", null);
        hosts.take("larger", large);
        hosts.take("h2", live("h2", 90));
        assertThat(known()).containsExactlyInAnyOrder("h1", "h2");
    }

    @Test
    void all_channels_share_one_look_at_all_hosts() {
        AtomicInteger looks = new AtomicInteger();
        HostsNow counting = new HostsNow() {
            @Override
            public Optional<HostLive> host(String name) {
                return hosts.host(name);
            }

            @Override
            public void each(Consumer<HostLive> reader) {
                looks.incrementAndGet();
                hosts.each(reader);
            }
        };
        hosts.take("h1", live("h1", 90));
        RecentContributors contributors = new RecentContributors(counting, () -> now);
        Alert group = Alerts.ofMetric(
                "share(cpu_usage)", Alerts.alert(Measure.Group.ANY_HOST, CRITICAL, AlertStatus.FIRING, null));

        for (int channel = 0; channel < 100; channel++) {
            assertThat(contributors.apply(group)).containsExactly(new Contributor("host", "h1", "cpu_usage", 90));
        }
        assertThat(looks).hasValue(1);
        now = T0.plusSeconds(6);
        contributors.apply(group);
        assertThat(looks).hasValue(2);
    }

    private List<String> known() {
        List<String> names = new ArrayList<>();
        hosts.each(host -> names.add(host.host()));
        return names;
    }

    private static byte[] live(String host, double cpu) {
        return Json.encode(Alerts.host(host, Map.of("cpu_usage", cpu)));
    }
}
