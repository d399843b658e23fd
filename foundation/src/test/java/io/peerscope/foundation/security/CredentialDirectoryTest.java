package io.peerscope.foundation.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.json.Json;
import io.peerscope.contracts.security.Credential;
import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import io.peerscope.contracts.topic.Topic;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.RecordWriter;
import io.peerscope.foundation.kafka.SharedBroker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class CredentialDirectoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SecureRandom random = new SecureRandom();

    @Test
    void a_token_opens_until_it_is_revoked_or_expires_and_only_as_what_it_is(KafkaClients clients)
            throws InterruptedException {
        Secret host = Secret.random(random);
        Secret expired = Secret.random(random);
        try (RecordWriter writer = new RecordWriter(clients, "test-credentials");
                CredentialDirectory directory = new CredentialDirectory(clients, "test-directory", () -> NOW).start()) {
            publish(writer, credential(expired, NOW));
            wait(directory, publish(writer, credential(host, null)));

            Principal principal =
                    directory.authenticate(host.text(), Credential.Use.TOKEN).orElseThrow();
            assertThat(principal).isEqualTo(new Principal(Role.HOST, "h1", host.id()));
            assertThat(directory.authenticate(host.text(), Credential.Use.SESSION))
                    .isEmpty();
            assertThat(directory.authenticate(expired.text(), Credential.Use.TOKEN))
                    .isEmpty();
            assertThat(directory.expiry(expired.text(), Credential.Use.TOKEN)).contains(NOW);
            assertThat(directory.expiry(host.text(), Credential.Use.TOKEN)).isEmpty();
            Secret guess = new Secret(expired.id(), Secret.random(random).value());
            assertThat(directory.expiry(guess.text(), Credential.Use.TOKEN)).isEmpty();
            Secret guessed = new Secret(host.id(), Secret.random(random).value());
            assertThat(directory.authenticate(guessed.text(), Credential.Use.TOKEN))
                    .isEmpty();
            assertThat(directory.authenticate("nonsense", Credential.Use.TOKEN)).isEmpty();
            assertThat(directory.stillValid(principal)).isTrue();

            wait(directory, writer.write(Topic.SECURITY_CREDENTIALS, host.id(), null));
            assertThat(directory.authenticate(host.text(), Credential.Use.TOKEN))
                    .isEmpty();
            assertThat(directory.stillValid(principal)).isFalse();
        }
    }

    private static Credential credential(Secret secret, @Nullable Instant expiresAt) {
        return new Credential(
                secret.id(), Credential.Use.TOKEN, Role.HOST, "h1", secret.hash(), NOW.minusSeconds(60), expiresAt);
    }

    private static Map<TopicPartition, Long> publish(RecordWriter writer, Credential credential) {
        return writer.write(Topic.SECURITY_CREDENTIALS, credential.id(), Json.encode(credential));
    }

    private static void wait(CredentialDirectory directory, Map<TopicPartition, Long> written)
            throws InterruptedException {
        assertThat(directory.awaitPositions(written, PATIENCE)).isTrue();
    }
}
