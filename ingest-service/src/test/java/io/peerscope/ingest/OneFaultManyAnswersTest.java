package io.peerscope.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.http.Protocol;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import io.peerscope.ingest.intake.Reply;
import io.peerscope.ingest.protobuf.ProtoMessage;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/**
 * What a status means depends on who reads it: one sender drops its data where another sends them again. Each situation
 * is played with each protocol, and each must be given the answer that loses nothing and repeats nothing.
 */
class OneFaultManyAnswersTest {
    private static final long NANOS = Drafts.NOW * 1_000_000;

    /** Somebody who speaks a protocol, and what he says. */
    enum Speaker {
        REMOTE_WRITE_1("/api/v1/write", "application/x-protobuf"),
        REMOTE_WRITE_2("/api/v1/write", "application/x-protobuf;proto=io.prometheus.write.v2.Request"),
        OTLP_PROTOBUF("/v1/metrics", "application/x-protobuf"),
        OTLP_JSON("/v1/metrics", "application/json"),
        LINE_1("/write?db=d", "text/plain"),
        LINE_2("/api/v2/write?org=o&bucket=b", "text/plain");

        private final String path;
        private final String type;

        Speaker(String path, String type) {
            this.path = path;
            this.type = type;
        }

        boolean isRemoteWrite() {
            return this == REMOTE_WRITE_1 || this == REMOTE_WRITE_2;
        }

        boolean isOtlp() {
            return this == OTLP_PROTOBUF || this == OTLP_JSON;
        }

        /** One sample; or two, of which the second cannot be taken. */
        byte[] body(boolean second) throws IOException {
            return switch (this) {
                case REMOTE_WRITE_1 -> Snappy.compress(remoteWrite1(second).bytes());
                case REMOTE_WRITE_2 -> Snappy.compress(remoteWrite2(second).bytes());
                case OTLP_PROTOBUF -> otlp(second).bytes();
                case OTLP_JSON -> otlpJson(second).getBytes(UTF_8);
                case LINE_1, LINE_2 -> ("a,host=h1 b=1 " + NANOS + (second ? "\na,host=h1 b=" : "")).getBytes(UTF_8);
            };
        }

        private static ProtoMessage remoteWrite1(boolean second) {
            ProtoMessage host = new ProtoMessage().text(1, "host").text(2, "h1");
            ProtoMessage name = new ProtoMessage().text(1, "__name__").text(2, "b");
            ProtoMessage sample = new ProtoMessage().number(1, 1).integer(2, Drafts.NOW);
            ProtoMessage message = new ProtoMessage()
                    .message(
                            1,
                            new ProtoMessage().message(1, name).message(1, host).message(2, sample));
            return second
                    ? message.message(1, new ProtoMessage().message(1, host).message(2, sample))
                    : message;
        }

        private static ProtoMessage remoteWrite2(boolean second) {
            ProtoMessage sample = new ProtoMessage().number(1, 1).integer(2, Drafts.NOW);
            ProtoMessage message = new ProtoMessage()
                    .text(4, "")
                    .text(4, "__name__")
                    .text(4, "b")
                    .text(4, "host")
                    .text(4, "h1")
                    .message(5, new ProtoMessage().packed(1, 1, 2, 3, 4).message(2, sample));
            return second
                    ? message.message(5, new ProtoMessage().packed(1, 3, 4).message(2, sample))
                    : message;
        }

        private static ProtoMessage otlp(boolean second) {
            ProtoMessage host = new ProtoMessage().text(1, "host.name").message(2, new ProtoMessage().text(1, "h1"));
            ProtoMessage point = new ProtoMessage().fixed(3, NANOS);
            ProtoMessage gauge = new ProtoMessage()
                    .message(1, new ProtoMessage().fixed(3, NANOS).number(4, 1));
            ProtoMessage metric = new ProtoMessage().text(1, "b").message(5, second ? gauge.message(1, point) : gauge);
            return new ProtoMessage()
                    .message(
                            1,
                            new ProtoMessage()
                                    .message(1, new ProtoMessage().message(1, host))
                                    .message(2, new ProtoMessage().message(2, metric)));
        }

        private static String otlpJson(boolean second) {
            return ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"host.name\",\"value\":"
                            + "{\"stringValue\":\"h1\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"b\",\"gauge\":"
                            + "{\"dataPoints\":[{\"asDouble\":1,\"timeUnixNano\":\"%d\"}%s]}}]}]}]}")
                    .formatted(NANOS, second ? ",{}" : "");
        }

        /** Nothing that anybody could read. */
        byte[] nonsense() {
            return "\u0007nonsense".getBytes(UTF_8);
        }

        /** One byte more than may be. */
        byte[] tooLarge() {
            return new byte[(isOtlp() ? 20 << 20 : 10 << 20) + 1];
        }
    }

    private final FakeBatchLog log = new FakeBatchLog();
    private Door door = new Door(log, HttpLimits.standard(), 128 << 20);

    @AfterEach
    void close() {
        door.close();
    }

    private Response say(Speaker speaker, byte[] body) throws Exception {
        return say(speaker, body, "fleet", speaker.type, speaker.isRemoteWrite() ? "snappy" : "identity");
    }

    private Response say(Speaker speaker, byte[] body, String token, String type, String encoding) throws Exception {
        return door.send(door.request(speaker.path)
                .POST(BodyPublishers.ofByteArray(body))
                .headers("Authorization", "Bearer " + token, "Content-Type", type, "Content-Encoding", encoding));
    }

    /** The status, a reason in the protocol's own form, and no data kept. */
    private void assertRefused(Speaker speaker, Response response, int status) throws Exception {
        assertThat(response.status()).isEqualTo(status);
        String type = response.header("Content-Type");
        switch (speaker) {
            case REMOTE_WRITE_1, REMOTE_WRITE_2 -> {
                assertThat(type).startsWith("text/plain");
                assertThat(response.http().body()).isNotEmpty();
            }
            case OTLP_PROTOBUF -> {
                assertThat(type).isEqualTo("application/x-protobuf");
                // google.rpc.Status: code, then the message
                assertThat(response.http().body()).startsWith(0x08).contains(0x12);
            }
            case OTLP_JSON -> {
                assertThat(type).isEqualTo("application/json");
                assertThat(response.json().path("message").asText()).isNotEmpty();
            }
            case LINE_1 -> assertThat(response.json().path("error").asText()).isNotEmpty();
            case LINE_2 -> {
                assertThat(response.code()).isNotEmpty();
                assertThat(response.json().path("message").asText()).isNotEmpty();
            }
        }
    }

    private static void assertPause(Response response) {
        assertThat(response.header("Retry-After")).as("whole seconds").matches("[1-9][0-9]*");
    }

    @ParameterizedTest
    @EnumSource
    void allIsStored(Speaker speaker) throws Exception {
        Response response = say(speaker, speaker.body(false));

        assertThat(response.status()).isEqualTo(speaker.isOtlp() ? 200 : 204);
        assertThat(new String(response.http().body(), UTF_8)).isEqualTo(speaker == Speaker.OTLP_JSON ? "{}" : "");
        assertThat(log.appended).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void someIsInvalidAndTheRestIsStored(Speaker speaker) throws Exception {
        Response response = say(speaker, speaker.body(true));

        assertThat(log.appended).hasSize(1);
        assertThat(log.appended.getFirst().samples()).isEqualTo(1);
        switch (speaker) {
            case REMOTE_WRITE_1 -> assertRefused(speaker, response, 400);
            case REMOTE_WRITE_2 -> {
                assertRefused(speaker, response, 400);
                assertThat(response.header("X-Prometheus-Remote-Write-Samples-Written"))
                        .isEqualTo("1");
            }
            case OTLP_PROTOBUF -> {
                assertThat(response.status()).isEqualTo(200);
                assertThat(ExportMetricsServiceResponse.parseFrom(
                                        response.http().body())
                                .getPartialSuccess()
                                .getRejectedDataPoints())
                        .isEqualTo(1);
            }
            case OTLP_JSON -> {
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.json()
                                .path("partialSuccess")
                                .path("rejectedDataPoints")
                                .asText())
                        .isEqualTo("1");
            }
            case LINE_1 -> {
                assertRefused(speaker, response, 400);
                assertThat(response.json().path("error").asText()).contains("partial write", "dropped=1");
            }
            case LINE_2 -> {
                assertRefused(speaker, response, 400);
                assertThat(response.json().path("line").asInt()).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingCanBeRead(Speaker speaker) throws Exception {
        assertRefused(speaker, say(speaker, speaker.nonsense()), 400);
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theEncodingIsUnknown(Speaker speaker) throws Exception {
        assertRefused(speaker, say(speaker, speaker.body(false), "fleet", speaker.type, "br"), 415);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"LINE_1", "LINE_2"},
            mode = EnumSource.Mode.EXCLUDE)
    void theMediaTypeIsUnknown(Speaker speaker) throws Exception {
        String encoding = speaker.isRemoteWrite() ? "snappy" : "identity";
        assertThat(say(speaker, speaker.body(false), "fleet", "image/png", encoding)
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @EnumSource
    void theBodyIsTooLarge(Speaker speaker) throws Exception {
        assertRefused(speaker, say(speaker, speaker.tooLarge()), 413);
    }

    @ParameterizedTest
    @EnumSource
    void theSenderIsOverItsQuota(Speaker speaker) throws Exception {
        behind(reading -> {
            throw new UndecodableException(ErrorCode.QUOTA_EXCEEDED, "over the quota");
        });
        Response response = say(speaker, speaker.body(false));

        assertRefused(speaker, response, 429);
        assertPause(response);
    }

    @ParameterizedTest
    @EnumSource
    void kafkaIsDown(Speaker speaker) throws Exception {
        log.become(Mood.FAIL);
        Response response = say(speaker, speaker.body(false));

        assertRefused(speaker, response, 503);
        assertPause(response);
    }

    @ParameterizedTest
    @EnumSource
    void weAreOverloaded(Speaker speaker) throws Exception {
        door.close();
        door = new Door(log, HttpLimits.standard(), 16);
        Response response = say(speaker, speaker.body(false));

        assertRefused(speaker, response, 503);
        assertPause(response);
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void weHaveABug(Speaker speaker) throws Exception {
        behind(reading -> {
            throw new IllegalStateException("a bug, on purpose");
        });
        Response response = say(speaker, speaker.body(false));

        // senders of OTLP drop what is answered with 500
        assertRefused(speaker, response, speaker.isOtlp() ? 503 : 500);
    }

    @ParameterizedTest
    @EnumSource
    void theCredentialIsNone(Speaker speaker) throws Exception {
        String encoding = speaker.isRemoteWrite() ? "snappy" : "identity";
        Response unknown = say(speaker, speaker.body(false), "nobody", speaker.type, encoding);

        assertRefused(speaker, unknown, 401);
        assertThat(unknown.header("WWW-Authenticate")).isNotEmpty();
        assertRefused(speaker, say(speaker, speaker.body(false), "viewer", speaker.type, encoding), 403);
        assertThat(log.appended).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void credentialsAreNotKnownYet(Speaker speaker) throws Exception {
        String encoding = speaker.isRemoteWrite() ? "snappy" : "identity";
        Response response = say(speaker, speaker.body(false), "early", speaker.type, encoding);

        assertRefused(speaker, response, 503);
        assertPause(response);
    }

    @FunctionalInterface
    private interface Trouble {
        void in(Opening.Reading reading) throws UndecodableException;
    }

    /** Opens a door where reading a body always meets trouble. */
    private void behind(Trouble trouble) {
        door.close();
        door = new Door(log, HttpLimits.standard(), 128 << 20, protocol -> new Troubled(protocol, trouble));
    }

    private record Troubled(Protocol protocol, Trouble trouble) implements Protocol {
        @Override
        public String name() {
            return protocol.name();
        }

        @Override
        public List<String> paths() {
            return protocol.paths();
        }

        @Override
        public Optional<String> token(HttpServerRequest request) {
            return protocol.token(request);
        }

        @Override
        public Opening open(HttpServerRequest request) {
            return protocol.open(request) instanceof Opening.Reading reading
                    ? new Opening.Reading(reading.encoding(), reading.limit(), (body, length, sender) -> {
                        trouble.in(reading);
                        return reading.decoder().decode(body, length, sender);
                    })
                    : protocol.open(request);
        }

        @Override
        public void answer(HttpServerRequest request, HttpServerResponse response, Reply reply) {
            protocol.answer(request, response, reply);
        }
    }
}
