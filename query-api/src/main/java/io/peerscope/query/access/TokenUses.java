package io.peerscope.query.access;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.TokenUse;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** When tokens were last used, followed from {@code security.token.use}. */
public final class TokenUses implements AutoCloseable {
    private final CompactedTable<TokenUse> uses;

    public TokenUses(KafkaClients clients) {
        this.uses = new CompactedTable<>(
                clients,
                "query-api-token-uses",
                Topic.SECURITY_TOKEN_USE,
                bytes -> Json.decode(bytes, TokenUse.class),
                (id, use) -> {});
    }

    public void start() {
        uses.start();
    }

    /** By id, of those of them that were used at all. */
    public Map<String, Instant> of(Collection<String> ids) {
        return ids.stream()
                .flatMap(id -> uses.get(id).map(use -> Map.entry(id, use.usedAt())).stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public Condition condition() {
        return uses.condition();
    }

    @Override
    public void close() {
        uses.close();
    }
}
