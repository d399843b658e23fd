package io.peerscope.query.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.live.HostLive;
import io.peerscope.contracts.live.HostStatus;
import io.peerscope.contracts.live.LinksLive;
import io.peerscope.contracts.live.PartLive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExchangeViewTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static HostLive host(Map<String, Double> fields, PartLive... parts) {
        return new HostLive(
                "a",
                HostStatus.UP,
                NOW,
                NOW,
                NOW,
                0,
                Map.of(),
                fields,
                List.of(),
                new LinksLive(0, 0, null),
                List.of(parts),
                false);
    }

    private static PartLive part(String kind, String label, String value, Map<String, Double> fields) {
        return new PartLive(kind, Map.of(label, value), NOW, fields);
    }

    @Test
    void poolsMessagesTransfersAndProtocolsAreToldByPart() {
        ExchangeView view = ExchangeView.of(
                host(
                        Map.of("transfers", 40.0, "transfer_failures", 10.0, "message_count", 7.0),
                        part("resource", "resource", "outbound", Map.of("pool_size", 20.0, "pool_active", 5.0)),
                        part("host", "type", "chat", Map.of("message_count", 3.0, "message_latency_ms", 12.0)),
                        part("protocol", "protocol", "task", Map.of("submitted", 9.0))),
                List.of());
        assertThat(view.pools()).containsExactly(new ExchangeView.Pool("outbound", 20.0, 5.0, 25.0));
        assertThat(view.messages().count()).isEqualTo(7);
        assertThat(view.messageTypes()).containsExactly(new ExchangeView.MessageType("chat", 3.0, null, 12.0));
        assertThat(view.transfers().successRate()).isEqualTo(75);
        assertThat(view.protocols()).isEqualTo(Map.of("task", Map.of("submitted", 9.0)));
    }

    @Test
    void whatNobodyTellsIsNotZero() {
        ExchangeView view = ExchangeView.of(host(Map.of()), List.of());
        assertThat(view.pools()).isEmpty();
        assertThat(view.messages().count()).isNull();
        assertThat(view.transfers().successRate()).isNull();
    }
}
