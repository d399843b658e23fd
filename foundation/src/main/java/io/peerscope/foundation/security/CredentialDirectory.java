package io.peerscope.foundation.security;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Secret;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.health.Condition;
import io.peerscope.foundation.kafka.CompactedTable;
import io.peerscope.foundation.kafka.KafkaClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Every valid credential, followed from {@code security.credentials}: no service asks another one who somebody is, and a
 * revocation is known everywhere within the time a record needs. Knows hashes only. Fails closed: an unknown credential
 * opens nothing, also while the topic is still being read.
 */
public final class CredentialDirectory implements AutoCloseable {
    private final CompactedTable<Credential> credentials;
    private final InstantSource clock;

    public CredentialDirectory(KafkaClients clients, String clientId, InstantSource clock) {
        this.credentials = new CompactedTable<>(
                clients,
                clientId,
                Topic.SECURITY_CREDENTIALS,
                bytes -> Json.decode(bytes, Credential.class),
                (id, credential) -> {});
        this.clock = clock;
    }

    public CredentialDirectory start() {
        credentials.start();
        return this;
    }

    /** Who presents this text as a bearer token or, with {@link Credential.Use#SESSION}, as a session cookie. */
    public Optional<Principal> authenticate(String text, Credential.Use use) {
        return Secret.parse(text).flatMap(secret -> credentials
                .get(secret.id())
                .filter(credential -> credential.use() == use && valid(credential) && secret.opens(credential))
                .map(credential -> new Principal(credential.role(), credential.name(), credential.id())));
    }

    /** Since when a credential that would open has not opened any more; empty for whoever does not know its secret. */
    public Optional<Instant> expiry(String text, Credential.Use use) {
        return Secret.parse(text).flatMap(secret -> credentials
                .get(secret.id())
                .filter(credential -> credential.use() == use && !valid(credential) && secret.opens(credential))
                .map(Credential::expiresAt));
    }

    /** Whether somebody who was let in with this principal would still be: for connections that stay open. */
    public boolean stillValid(Principal principal) {
        return credentials
                .get(principal.credentialId())
                .filter(credential -> valid(credential)
                        && credential.role() == principal.role()
                        && credential.name().equals(principal.name()))
                .isPresent();
    }

    /** All credentials as last seen, by id. */
    public Map<String, Credential> view() {
        return credentials.view();
    }

    public boolean awaitPositions(Map<TopicPartition, Long> offsets, Duration patience) throws InterruptedException {
        return credentials.awaitPositions(offsets, patience);
    }

    public boolean caughtUp() {
        return credentials.caughtUp();
    }

    public Condition condition() {
        return credentials.condition();
    }

    private boolean valid(Credential credential) {
        return credential.expiresAt() == null || clock.instant().isBefore(credential.expiresAt());
    }

    @Override
    public void close() {
        credentials.close();
    }
}
