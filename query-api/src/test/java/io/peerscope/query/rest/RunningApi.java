package io.peerscope.query.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.foundation.kafka.RecordWriter;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The whole service against a real broker and a real database, spoken to over HTTP. */
@SuppressWarnings("NullAway.Init") // Quarkus fills the fields
abstract class RunningApi {
    @TestHTTPResource
    URI base;

    @ConfigProperty(name = "test.token.admin")
    String admin;

    @ConfigProperty(name = "test.token.operator")
    String operator;

    @ConfigProperty(name = "test.token.viewer")
    String viewer;

    @ConfigProperty(name = "test.token.fleet")
    String fleet;

    @ConfigProperty(name = "peerscope.kafka.bootstrap-servers")
    String bootstrapServers;

    Api api;
    RecordWriter writer;
    KafkaClients clients;

    @BeforeEach
    void ready() {
        api = new Api(base);
        clients = new KafkaClients(KafkaConfig.local(bootstrapServers, Path.of("unused")));
        writer = new RecordWriter(clients, "test-writer");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/q/health/ready").status() == 200);
    }

    @AfterEach
    void done() {
        writer.close();
    }

    static String[] as(String token, String... more) {
        return Api.bearer(token, more);
    }

    /** The id of a new channel. */
    String hook(String more) {
        String id = "hook-" + UUID.randomUUID();
        Api.Answer made = api.send(
                "POST",
                "/api/v1/channels",
                "{\"id\":\"%s\",\"type\":\"webhook\",\"url\":\"https://192.0.2.1/hook\"%s}".formatted(id, more),
                as(admin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return id;
    }

    void assertWrong(String path, String code, String field) {
        assertWrong(api.get(path, as(viewer)), code, field);
    }

    static void assertWrong(Api.Answer answer, String code, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo(field);
    }
}
