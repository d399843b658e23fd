package io.peerscope.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.house.hostile.CpuTime;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.admission.Verdict;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever lines arrive are decided, in time, each counted once. */
class LineHostileInputTest {
    private static final Sender FLEET = new Sender.AnyHost();
    private static final String[] WORDS = {
        " ",
        ",",
        "=",
        "\\",
        "\"",
        "\n",
        "\r",
        "#",
        "\t",
        "\\ ",
        "\\,",
        "\\=",
        "\\\"",
        "i",
        "u",
        "t",
        "-",
        "+",
        ".",
        "e",
        "1e999",
        "NaN",
        "99999999999999999999",
        "1763687000",
        "host=h2",
        "host=",
        "kind=pod",
        "peer=x",
        "_x",
        "true",
        "\"text\"",
        "\0",
        "é",
        "\ufffd",
        "=1,",
        " 1 ",
        "a".repeat(300)
    };
    private static final String SEED =
            "cpu,host=h1,core=0 usage_active=12.5,n=3i,up=t,text=\"a b\" 1763687000000000000\n"
                    + "p2p,host=h1,peer=h2 rtt_ms=1.25e1,ice_state=\"connected\" 1763686999000000000\r\n"
                    + "# comment\n\nmap,host=h2,map=a player_count=12u,load=0.30000000000000004\n"
                    + "my\\ mea,instance=h3:1 a\\=b=1 1763687000000000000\n";

    private final LineDecoder decoder = new LineDecoder(MetricCatalogue.load());
    private final Admission admission = new Admission(MetricCatalogue.load(), new ClockSkew(100), Limits.standard());

    /** @return how many lines had nothing wrong */
    private int decide(byte[] body) throws UndecodableException {
        Decoded decoded = decoder.decode(body, body.length, LineApi.V1, Precision.NANOSECONDS, FLEET);
        int rejected = decoded.faults().rejectedItems();
        for (Draft draft : decoded.drafts()) {
            Verdict verdict = admission.judge(draft, FLEET, Drafts.NOW, "r");
            if (verdict instanceof Verdict.Admitted admitted) {
                PointBatch batch = admitted.batch();
                assertThat(admitted.accepted() + admitted.faults().rejected()).isEqualTo(draft.samples());
                assertThat(PointBatchCodec.decode(PointBatchCodec.encode(batch)))
                        .isEqualTo(batch);
            } else {
                assertThat(verdict.faults().rejected()).isEqualTo(draft.samples());
            }
            rejected += verdict.faults().rejectedItems();
        }
        assertThat(rejected).isLessThanOrEqualTo(decoded.items());
        return decoded.items() - rejected;
    }

    private static byte[] damaged(Random random) {
        StringBuilder lines = new StringBuilder(SEED);
        for (int damage = random.nextInt(4); damage >= 0; damage--) {
            int at = random.nextInt(lines.length());
            int end = Math.min(lines.length(), at + random.nextInt(6));
            lines.replace(at, end, random.nextBoolean() ? "" : WORDS[random.nextInt(WORDS.length)]);
        }
        byte[] body = lines.toString().getBytes(UTF_8);
        if (random.nextInt(4) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedLinesAreDecided(long seed) throws UndecodableException {
        Random random = new Random(seed);
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            good += decide(damaged(random));
        }
        assertThat(good).as("some must be right, or this tests nothing").isBetween(20_000, 75_000);
    }

    @Test
    void whatIsRememberedDoesNotDependOnWhatCameBefore() throws UndecodableException {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] body = damaged(random);
            LineDecoder fresh = new LineDecoder(MetricCatalogue.load());
            Decoded cold = fresh.decode(body, body.length, LineApi.V1, Precision.NANOSECONDS, FLEET);
            Decoded warm = decoder.decode(body, body.length, LineApi.V1, Precision.NANOSECONDS, FLEET);
            assertThat(warm.drafts().stream().map(Draft::fingerprint).toList())
                    .isEqualTo(cold.drafts().stream().map(Draft::fingerprint).toList());
            assertThat(warm.faults().details()).isEqualTo(cold.faults().details());
        }
    }

    @Test
    void threadsThatShareADecoderDisturbNobody() throws Exception {
        List<byte[]> bodies = new Random(11)
                .ints(500)
                .mapToObj(seed -> damaged(new Random(seed)))
                .toList();
        List<List<Long>> expected = new ArrayList<>();
        for (byte[] body : bodies) {
            expected.add(fingerprints(new LineDecoder(MetricCatalogue.load()), body));
        }
        List<Callable<Boolean>> readers = new ArrayList<>();
        for (int reader = 0; reader < 4; reader++) {
            int first = reader * 100;
            readers.add(() -> {
                for (int i = 0; i < 10_000; i++) {
                    int at = (first + i) % bodies.size();
                    if (!fingerprints(decoder, bodies.get(at)).equals(expected.get(at))) {
                        return false;
                    }
                }
                return true;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> same : threads.invokeAll(readers)) {
                assertThat(same.get()).isTrue();
            }
        }
    }

    private static List<Long> fingerprints(LineDecoder decoder, byte[] body) throws UndecodableException {
        return decoder.decode(body, body.length, LineApi.V1, Precision.NANOSECONDS, FLEET).drafts().stream()
                .map(Draft::fingerprint)
                .toList();
    }

    @Test
    void hugeThingsEndInTime() throws Throwable {
        String line = "a,host=h1 b=1\n";
        String[] bodies = {
            "a".repeat(8 << 20),
            "\\".repeat(8 << 20),
            "a,host=h1 b=\"" + "\\\"".repeat(4 << 20),
            "a,host=h1 b=" + "9".repeat(8 << 20),
            "a,host=h1 b=0." + "0".repeat(8 << 20) + "1",
            "a,host=h1" + ",t=1".repeat(2 << 20) + " b=1",
            "a,host=h1 " + "b=1,".repeat(2 << 20) + "c=1",
            different(1 << 20, "a,host=h1", ",t%d=1", " b=1"),
            different(1 << 20, "a,host=h1 b=1", ",f%d=1", ""),
            "\n".repeat(8 << 20),
            line.repeat(100_000),
        };
        CpuTime.assertAtMost(Duration.ofSeconds(20), () -> {
            for (String body : bodies) {
                decide(body.getBytes(UTF_8));
            }
        });
    }

    private static String different(int many, String begin, String each, String end) {
        StringBuilder line = new StringBuilder(begin);
        for (int i = 0; i < many; i++) {
            line.append(each.formatted(i));
        }
        return line.append(end).toString();
    }

    /** How fields looked is remembered; 60 MiB of names that never come again are not. */
    @Test
    void fieldsThatNeverComeAgainAreForgotten() throws UndecodableException {
        long before = used();
        for (int body = 0; body < 12; body++) {
            StringBuilder lines = new StringBuilder();
            for (int line = 0; line < 50; line++) {
                lines.append("m,host=h1,x=")
                        .append(body)
                        .append('-')
                        .append(line)
                        .append(" a=1");
                for (int field = 0; field < 450; field++) {
                    lines.append(",f")
                            .append(body)
                            .append('-')
                            .append(line)
                            .append('-')
                            .append(field);
                    lines.append("n".repeat(200)).append("=1");
                }
                lines.append('\n');
            }
            byte[] bytes = lines.toString().getBytes(UTF_8);
            decoder.decode(bytes, bytes.length, LineApi.V1, Precision.NANOSECONDS, FLEET);
        }
        assertThat(used() - before).as("bytes of heap").isLessThan(64 << 20);
        assertThat(decoder.toString()).isNotEmpty(); // still there, with what it remembers
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void everNewSeriesAndFieldsCostNoMemory() throws UndecodableException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            lines.append("m")
                    .append(i)
                    .append(",host=h1,x=")
                    .append(i)
                    .append(" f")
                    .append(i)
                    .append("=1\n");
        }
        assertThat(decide(lines.toString().getBytes(UTF_8)))
                .as("the budget of a host")
                .isEqualTo(5_000);
    }
}
