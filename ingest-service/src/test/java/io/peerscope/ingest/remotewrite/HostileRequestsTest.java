package io.peerscope.ingest.remotewrite;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.house.hostile.CpuTime;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.admission.Verdict;
import io.peerscope.ingest.http.Opening;
import io.peerscope.ingest.nativeformat.ProtobufBatchDecoder;
import io.peerscope.ingest.protobuf.ProtoMessage;
import io.peerscope.ingest.protobuf.RowHeads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever arrives as protobuf is decided in time, counted in full, and costs about what its bytes are worth. */
class HostileRequestsTest {
    private static final Sender SENDER = new Sender.AnyHost();

    private static final SeriesReading READING = new SeriesReading(1, MetricCatalogue.load());
    private static final SeriesCache CACHE = new SeriesCache(1, 4096, 1 << 20);

    enum Message {
        V1(
                new WriteRequestDecoder(
                                READING,
                                CACHE,
                                new RowHeads(),
                                new MetricTypes(),
                                ThreadLocal.withInitial(Collected::new))::decode,
                v1()),
        V2(new RequestV2Decoder(READING, CACHE, new RowHeads(), ThreadLocal.withInitial(Collected::new))::decode, v2()),
        NATIVE((body, length, sender) -> Decoded.of(new ProtobufBatchDecoder(1000).decode(body, length)), natively());

        private final Opening.Decoder decoder;
        private final byte[] seed;

        Message(Opening.Decoder decoder, byte[] seed) {
            this.decoder = decoder;
            this.seed = seed;
        }
    }

    private static byte[] v1() {
        return new WriteRequests.V1()
                .sample(1, NOW, "__name__", "node_load1", "host", "h1")
                .sample(2, NOW, "__name__", "rtt_ms", "host", "h2", "peer", "x")
                .series(WriteRequests.V1
                        .labels("__name__", "a", "instance", "h3")
                        .message(2, WriteRequests.sampleOf(Double.NaN, NOW - 1000))
                        .message(2, WriteRequests.sampleOf(3, NOW))
                        .message(3, new ProtoMessage().number(2, 1)))
                .metadata(1, "a")
                .bytes();
    }

    private static byte[] v2() {
        WriteRequests.V2 request = new WriteRequests.V2()
                .sample(1, NOW, "__name__", "node_load1", "host", "h1")
                .sample(2, NOW, "__name__", "rtt_ms", "host", "h2", "peer", "x");
        return request.series(request.labels("__name__", "a", "instance", "h3")
                        .message(2, WriteRequests.sampleOf(3, NOW).integer(3, NOW))
                        .message(5, new ProtoMessage().integer(1, 1))
                        .integer(6, NOW))
                .bytes();
    }

    private static byte[] natively() {
        ProtoMessage message = new ProtoMessage();
        List.of("", "map", "name", "arena", "players", "tick", "map_status", "online")
                .forEach(text -> message.text(1, text));
        return message.text(2, "h1")
                .integer(4, NOW)
                .integer(5, NOW)
                .message(8, new ProtoMessage())
                .message(8, new ProtoMessage().integer(1, 1).packed(2, 2, 3))
                .message(9, new ProtoMessage().packed(1, 4, 5).packed(2, 1, 2))
                .message(10, new ProtoMessage().zigzag(3, -5).numbers(4, 1, 2))
                .message(10, new ProtoMessage().integer(1, 1).numbers(4, 3, 4).packed(5, 6, 7))
                .bytes();
    }

    private final Admission admission = new Admission(MetricCatalogue.load(), new ClockSkew(100), Limits.standard());

    /** @return whether anything could be read */
    private boolean decide(Message message, byte[] body) {
        Decoded decoded;
        try {
            decoded = message.decoder.decode(body, body.length, SENDER);
        } catch (UndecodableException refused) {
            assertThat(refused.detail()).isNotEmpty();
            return false;
        }
        int samples = decoded.faults().rejected();
        for (Draft draft : decoded.drafts()) {
            samples += draft.samples();
            Verdict verdict = admission.judge(draft, SENDER, NOW, "r");
            int accepted = verdict instanceof Verdict.Admitted admitted ? admitted.accepted() : 0;
            assertThat(accepted + verdict.faults().rejected()).isEqualTo(draft.samples());
        }
        assertThat(samples).isLessThanOrEqualTo(decoded.items());
        assertThat(decoded.faults().rejectedItems()).isLessThanOrEqualTo(decoded.items());
        return true;
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] body = seed.clone();
        for (int damage = random.nextInt(4); damage >= 0; damage--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(5)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> body = Arrays.copyOf(body, Math.max(1, at));
                case 3 -> System.arraycopy(body, at, body, Math.max(0, at - 1), body.length - at);
                default -> {
                    int from = random.nextInt(body.length);
                    int length = Math.min(random.nextInt(16), body.length - Math.max(at, from));
                    System.arraycopy(body, from, body, at, length);
                }
            }
        }
        return body;
    }

    @ParameterizedTest
    @EnumSource
    void damagedRequestsAreDecided(Message message) {
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            read += decide(message, damaged(message.seed, random)) ? 1 : 0;
        }
        assertThat(read).as("some must be readable, or this tests nothing").isBetween(2_000, 48_000);
    }

    @ParameterizedTest
    @EnumSource
    void everyBeginningOfARequestIsDecided(Message message) {
        assertThat(decide(message, message.seed)).isTrue();
        for (int length = 0; length < message.seed.length; length++) {
            decide(message, Arrays.copyOf(message.seed, length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lengthsThatPromiseMoreThanThereIsSetNothingAside(Message message) {
        for (int field = 1; field <= 12; field++) {
            byte[] body = new ProtoMessage()
                    .raw((long) field << 3 | 2)
                    .raw(Integer.MAX_VALUE)
                    .bytes();
            long before = allocated();
            assertThat(decide(message, body)).isFalse();
            assertThat(allocated() - before).isLessThan(4 << 20);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }

    /** Two bytes each: the smallest that a message can be made of. */
    @ParameterizedTest
    @EnumSource
    void hostsOfEmptyThingsAreBounded(Message message) throws Throwable {
        for (int field = 1; field <= 12; field++) {
            byte[] body = new byte[4 << 20];
            for (int i = 0; i < body.length; i += 2) {
                body[i] = (byte) (field << 3 | 2);
            }
            long before = allocated();
            CpuTime.assertAtMost(Duration.ofSeconds(5), () -> decide(message, body));
            assertThat(allocated() - before).as("field %d", field).isLessThan(400L << 20);
        }
    }

    @Test
    void endlessSamplesOfOneSeriesAreTooMany() {
        ProtoMessage series = WriteRequests.V1.labels("__name__", "a", "host", "h1");
        ProtoMessage sample = WriteRequests.sampleOf(1, NOW);
        for (int i = 0; i <= Collected.MOST; i++) {
            series.message(2, sample);
        }
        byte[] body = new WriteRequests.V1().series(series).bytes();

        assertThatThrownBy(() -> Message.V1.decoder.decode(body, body.length, SENDER))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_POINTS));
    }

    @Test
    void theSameSampleAgainAndAgainIsDecidedInTime() throws Throwable {
        WriteRequests.V1 request = new WriteRequests.V1();
        for (int i = 0; i < 400; i++) {
            request.sample(i, NOW, "__name__", "f" + i, "host", "h1");
        }
        for (int i = 0; i < 20_000; i++) {
            request.sample(i, NOW, "__name__", "f0", "host", "h1");
        }
        byte[] body = request.bytes();

        CpuTime.assertAtMost(Duration.ofSeconds(5), () -> assertThat(decide(Message.V1, body))
                .isTrue());
    }

    @Test
    void labelsOfMegabytesDoNotStay() {
        String megabyte = "x".repeat(1 << 20);
        long before = used();
        for (int i = 0; i < 100; i++) {
            byte[] body = new WriteRequests.V1()
                    .sample(1, NOW, "__name__", "a", "host", "h1", "long", megabyte + i)
                    .sample(1, NOW, "__name__", "a" + i + megabyte, "host", "h1")
                    .bytes();
            assertThat(decide(Message.V1, body)).isTrue();
        }
        assertThat(used() - before).as("bytes of heap").isLessThan(16 << 20);
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A reference costs one byte and may stand for a megabyte. */
    @Test
    void symbolsThatAreUsedAgainAndAgainAreNotCopiedWithoutEnd() throws Throwable {
        ProtoMessage message = new ProtoMessage().text(4, "").text(4, "x".repeat(1 << 20));
        long[] refs = new long[2_000];
        Arrays.fill(refs, 1);
        for (int i = 0; i < 200; i++) {
            message.message(5, new ProtoMessage().packed(1, refs).message(2, WriteRequests.sampleOf(1, NOW)));
        }
        byte[] body = message.bytes();
        long before = allocated();

        CpuTime.assertAtMost(Duration.ofSeconds(5), () -> assertThat(decide(Message.V2, body))
                .isTrue());
        assertThat(allocated() - before).isLessThan(64 << 20);
    }
}
