package io.peerscope.ingest.publish;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.TokenUse;
import io.peerscope.contracts.topic.Topic;
import java.util.List;

/** {@code security.token.use}: one small JSON record each, keyed by the token's id. */
public final class KafkaTokenUses implements TokenUses.Journal {
    private final RecordSender sender;

    public KafkaTokenUses(RecordSender sender) {
        this.sender = sender;
    }

    @Override
    public void tell(String tokenId, TokenUse use) {
        sender.send(Topic.SECURITY_TOKEN_USE, tokenId, use.usedAt().toEpochMilli(), List.of(Json.encode(use)));
    }
}
