package io.peerscope.query.access;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaUnavailableException;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.TopicEnds;
import io.peerscope.foundation.security.CredentialDirectory;
import io.peerscope.foundation.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Issues and revokes credentials; returns when they count here, and other services know within a moment. */
public final class CredentialBook {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long an expired token is not just unknown. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final CredentialDirectory directory;
    private final RecordWriter writer;
    private final TopicEnds ends;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public CredentialBook(CredentialDirectory directory, RecordWriter writer, TopicEnds ends, InstantSource clock) {
        this.ends = ends;
        this.directory = directory;
        this.writer = writer;
        this.clock = clock;
    }

    /** A credential with the one and only copy of its secret. */
    public record Issued(Credential credential, Secret secret) {}

    /** @param expiresAt null: not at all */
    public Issued issue(Credential.Use use, Role role, String name, @Nullable Instant expiresAt) {
        Secret secret = Secret.random(random);
        Credential credential = new Credential(secret.id(), use, role, name, secret.hash(), clock.instant(), expiresAt);
        put(credential);
        return new Issued(credential, secret);
    }

    /** Publishes a credential whose secret somebody else keeps. */
    public void put(Credential credential) {
        write(credential.id(), Json.encode(credential));
    }

    public void revoke(String id) {
        write(id, null);
    }

    /** Also those that another instance has just issued. */
    public int revokeAll(Predicate<Credential> which) {
        awaitHere(ends.of(Topic.SECURITY_CREDENTIALS));
        List<Credential> chosen =
                directory.view().values().stream().filter(which).toList();
        chosen.forEach(credential -> revoke(credential.id()));
        return chosen.size();
    }

    public Optional<Credential> find(String id) {
        return Optional.ofNullable(directory.view().get(id));
    }

    public List<Credential> tokensOf(String host) {
        return hostTokens().filter(token -> token.name().equals(host)).toList();
    }

    public Stream<Credential> hostTokens() {
        return directory.view().values().stream()
                .filter(credential -> credential.use() == Credential.Use.TOKEN && credential.role() == Role.HOST);
    }

    /** Sessions of whoever has this name and this role: others may have his name, such as the token of a role. */
    public Stream<Credential> sessionsOf(String username, Role role) {
        return sessionsOf(username).filter(credential -> credential.role() == role);
    }

    /** Sessions of whoever has this name, whatever he may do. */
    public Stream<Credential> sessionsOf(String username) {
        return sessions().filter(credential -> credential.name().equals(username));
    }

    public Stream<Credential> sessions() {
        return directory.view().values().stream().filter(credential -> credential.use() == Credential.Use.SESSION);
    }

    public Optional<Principal> authenticate(String text, Credential.Use use) {
        return directory.authenticate(text, use);
    }

    /** Whether nobody can be recognised yet. */
    public boolean stillReading() {
        return !directory.caughtUp();
    }

    /** Sessions and tokens that are over do not pile up; who still sends with such a token is told so for a while. */
    public void sweep() {
        Instant now = clock.instant();
        revokeAll(credential -> credential.expiresAt() != null
                && credential
                        .expiresAt()
                        .isBefore(credential.use() == Credential.Use.TOKEN ? now.minus(REMEMBERED) : now));
    }

    private void write(String id, byte @Nullable [] value) {
        awaitHere(writer.write(Topic.SECURITY_CREDENTIALS, id, value));
    }

    private void awaitHere(Map<TopicPartition, Long> positions) {
        try {
            if (!directory.awaitPositions(positions, PATIENCE)) {
                throw new KafkaUnavailableException("the credentials as they are now did not come in time", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailableException("interrupted", e);
        }
    }
}
