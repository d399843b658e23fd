package io.peerscope.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.contracts.point.PointBatchCodec;
import io.peerscope.house.hostile.CpuTime;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.admission.UndecodableException;
import io.peerscope.ingest.admission.Verdict;
import io.peerscope.ingest.nativeformat.JsonBatchDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives is decided, in time, and every sample of it is counted. */
class HostileInputTest {
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e999",
        "NaN",
        "\"\"",
        "\"host\"",
        "\"h1\"",
        "\"points\"",
        "\"fields\"",
        "\"states\"",
        "\"labels\"",
        "\"timestamp\"",
        "\"kind\"",
        "\"cpu\"",
        "\"cpu_usage\"",
        "\"\\ud800\"",
        "1763687000000",
        "1763687000",
        "0",
        "\"2025-11-21T01:03:20Z\"",
        "\u0000",
        "\\",
        "\"",
        "99999999999999999999999"
    };
    private static final String SEED = "{\"host\":\"h1\",\"batch\":\"b\",\"sent_at\":1763687000500,"
            + "\"labels\":{\"region\":\"eu\"},\"points\":[{\"kind\":\"host\",\"timestamp\":1763687000000,"
            + "\"fields\":{\"cpu_usage\":93.5,\"memory_usage\":71.2,\"x\":3}},{\"kind\":\"map\",\"labels\":{\"map\":\"a\"},"
            + "\"timestamp\":\"2025-11-21T01:03:20Z\",\"fields\":{\"player_count\":12},\"states\":{\"map_status\":\"up\"}}]}";

    private final JsonBatchDecoder decoder = new JsonBatchDecoder(10_000, 10 << 20);
    private final Admission admission = new Admission(MetricCatalogue.load(), new ClockSkew(100), Limits.standard());

    /** @return whether it was a batch at all */
    private boolean decide(byte[] body) {
        Draft draft;
        try {
            draft = decoder.decode(body, body.length);
        } catch (UndecodableException e) {
            return false;
        }
        Verdict verdict = admission.judge(draft, new Sender.AnyHost(), Drafts.NOW, "r");
        switch (verdict) {
            case Verdict.Refused refused ->
                assertThat(refused.faults().rejected()).isEqualTo(draft.samples());
            case Verdict.Admitted admitted -> {
                PointBatch batch = admitted.batch();
                assertThat(admitted.accepted() + admitted.faults().rejected()).isEqualTo(draft.samples());
                assertThat(batch.samples()).isEqualTo(admitted.accepted() - admitted.merged());
                assertThat(PointBatchCodec.decode(PointBatchCodec.encode(batch)))
                        .isEqualTo(batch);
                assertThat(batch.points())
                        .allSatisfy(point -> assertThat(point.timestamp()).isLessThanOrEqualTo(Drafts.NOW + 1000));
            }
        }
        return true;
    }

    /** Most get other values and names in the right places, some are cut to pieces. */
    private static String damaged(Random random) {
        if (random.nextInt(4) == 0) {
            StringBuilder json = new StringBuilder(SEED);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                int at = random.nextInt(json.length());
                int end = Math.min(json.length(), at + random.nextInt(12));
                json.replace(at, end, random.nextBoolean() ? "" : WORDS[random.nextInt(WORDS.length)]);
            }
            return json.toString();
        }
        List<String> tokens = new ArrayList<>(Arrays.asList(SEED.split("(?<=[\\[\\]{},:])|(?=[\\[\\]{},:])", -1)));
        for (int damage = random.nextInt(3); damage >= 0; damage--) {
            int at = random.nextInt(tokens.size());
            boolean value = tokens.get(at).length() > 1 && tokens.get(at - 1).equals(":");
            if (value || random.nextInt(20) == 0) {
                tokens.set(at, WORDS[random.nextInt(WORDS.length)]);
            }
        }
        return String.join("", tokens);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedBatchesAreDecided(long seed) {
        Random random = new Random(seed);
        int batches = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] body = damaged(random).getBytes(UTF_8);
            if (random.nextInt(4) == 0) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            batches += decide(body) ? 1 : 0;
        }
        assertThat(batches).as("some must be batches, or this tests nothing").isBetween(2_000, 9_000);
    }

    /** Text of so many pieces, each of which has the same hash code as any other of that number of pieces. */
    private static String colliding(int number, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append((number >> i & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    void namesWhoseHashCodesCollideCostNoMoreThanOthers() throws Throwable {
        StringBuilder fields = new StringBuilder("{\"host\":\"h1\",\"points\":[");
        StringBuilder labels = new StringBuilder("{\"host\":\"h1\",\"points\":[");
        for (int i = 0; i < 10_000; i++) {
            String text = colliding(i, 14);
            fields.append(i == 0 ? "" : ",")
                    .append("{\"fields\":{\"")
                    .append(text)
                    .append("\":1}}");
            labels.append(i == 0 ? "" : ",")
                    .append("{\"kind\":\"map\",\"labels\":{\"a\":\"")
                    .append(text);
            labels.append("\"},\"fields\":{\"f\":1}}");
        }
        byte[] first = fields.append("]}").toString().getBytes(UTF_8);
        byte[] second = labels.append("]}").toString().getBytes(UTF_8);

        CpuTime.assertAtMost(Duration.ofSeconds(5), () -> {
            assertThat(decide(first)).isTrue();
            assertThat(decide(second)).isTrue();
        });
    }
}
