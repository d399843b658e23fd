package io.peerscope.query.rest;

import io.peerscope.contracts.security.Role;
import io.peerscope.contracts.security.Secret;
import io.peerscope.embedded.EmbeddedKafka;
import io.peerscope.embedded.EmbeddedPostgres;
import io.peerscope.embedded.KafkaOptions;
import io.peerscope.embedded.PostgresOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real broker and a real database for the application under test, and tokens for everybody. */
public final class Backends implements QuarkusTestResourceLifecycleManager {
    static final String ONE_TIME_CODE = "one-time-code-of-the-test";
    private @Nullable Path dir;
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            Path base = Files.createTempDirectory("peerscope-query-api");
            dir = base;
            kafka = EmbeddedKafka.start(KafkaOptions.in(base.resolve("kafka")));
            postgres = EmbeddedPostgres.start(PostgresOptions.in(base.resolve("postgres")));
            Path credentials = Files.createDirectories(base.resolve("credentials"));
            Map<String, String> config = new HashMap<>();
            for (Role role : List.of(Role.ADMIN, Role.OPERATOR, Role.VIEWER, Role.FLEET)) {
                String token = Secret.random(new SecureRandom()).text();
                Files.writeString(credentials.resolve(role.word()), token + "\n");
                config.put("test.token." + role.word(), token);
            }
            config.put("peerscope.kafka.bootstrap-servers", kafka.bootstrapServers());
            config.put("peerscope.kafka.instance", "test");
            config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
            config.put("quarkus.datasource.username", postgres.username());
            config.put("quarkus.datasource.password", postgres.password());
            config.put("quarkus.datasource.reading.username", "peerscope_reading");
            config.put("peerscope.query.bootstrap-credentials", credentials.toString());
            config.put("peerscope.secrets.key", "5e".repeat(32));
            config.put("peerscope.query.one-time-codes", ONE_TIME_CODE);
            config.put("peerscope.query.trusted-proxies", "127.0.0.1");
            config.put("quarkus.http.test-port", "0");
            return config;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (dir != null) {
            try {
                EmbeddedPostgres.delete(dir.resolve("postgres"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
