package io.peerscope.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.peerscope.foundation.kafka.KafkaClients;
import io.peerscope.foundation.kafka.KafkaConfig;
import io.peerscope.testkit.network.TlsServer;
import io.peerscope.testkit.story.Story;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every client of ours leaves a server alone whose certificate is trusted but made out to another name, and speaks to it
 * where the name is right. Those of webhooks and mail are held to it where they are made.
 */
class TrustedNamesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static TlsServer right;
    private static TlsServer wrong;

    @BeforeAll
    static void open() throws Exception {
        right = TlsServer.named("localhost", folder);
        wrong = TlsServer.named("elsewhere.example", folder);
    }

    @AfterAll
    static void close() throws Exception {
        right.close();
        wrong.close();
    }

    enum Client {
        KAFKA,
        DATABASE,
        COMMAND_LINE,
        TRACES
    }

    @ParameterizedTest
    @EnumSource
    void a_trusted_certificate_of_another_name_opens_nothing(Client client) throws Exception {
        Story story = Story.begin("names " + client);
        int trusted = right.trusted();
        call(
                client,
                right,
                () -> story.holdsWithin(SOON, "the right name is told something", () -> assertThat(right.trusted())
                        .isGreaterThan(trusted)));
        int mistrusted = wrong.mistrusted();
        call(
                client,
                wrong,
                () -> story.holdsWithin(SOON, "the wrong name is not", () -> assertThat(wrong.mistrusted())
                        .isGreaterThan(mistrusted)));
        assertThat(wrong.trusted()).isZero();
    }

    private void call(Client client, TlsServer server, Runnable meanwhile) throws Exception {
        switch (client) {
            case KAFKA -> kafka(server, meanwhile);
            case DATABASE -> {
                database(server);
                meanwhile.run();
            }
            case COMMAND_LINE -> {
                commandLine(server);
                meanwhile.run();
            }
            case TRACES -> traces(server, meanwhile);
        }
    }

    private void kafka(TlsServer server, Runnable meanwhile) {
        KafkaConfig config = new KafkaConfig(
                "localhost:" + server.port(),
                1,
                (short) 1,
                folder,
                "local",
                Map.of(
                        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                        "SSL",
                        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                        "PEM",
                        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                        server.authority().toString()));
        Admin admin = new KafkaClients(config).admin("names");
        try {
            admin.describeCluster();
            meanwhile.run();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** As deploy/kubernetes has it. */
    private static void database(TlsServer server) {
        try {
            DriverManager.getConnection(
                            "jdbc:postgresql://localhost:%d/peerscope?sslmode=verify-full&sslrootcert=%s"
                                    .formatted(server.port(), server.authority()),
                            "peerscope",
                            "secret")
                    .close();
            throw new AssertionError("no database is there");
        } catch (SQLException expected) {
            // whom it trusted, the server has counted
        }
    }

    private void commandLine(TlsServer server) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "psc_none");
        CommandLineRun run = CommandLineRun.run(List.of(
                "rules",
                "list",
                "--url",
                "https://localhost:" + server.port(),
                "--token-file",
                token.toString(),
                "--ca",
                server.authority().toString()));
        assertThat(run.exitCode()).as(run.toString()).isNotZero();
    }

    private static void traces(TlsServer server, Runnable meanwhile) throws Exception {
        try (OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                        .setEndpoint("https://localhost:" + server.port() + "/v1/traces")
                        .setTrustedCertificates(Files.readAllBytes(server.authority()))
                        .setRetryPolicy(null)
                        .build();
                SdkTracerProvider provider = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build()) {
            provider.get("names").spanBuilder("one").startSpan().end();
            meanwhile.run();
        }
    }
}
