package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Subject;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.Door.Response;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A million unique labels of one host through the door: a bounded number of subjects goes on, and the database makes its
 * rows of nothing else; memory does not grow with the others, and other hosts lose nothing.
 */
class ManyLabelsTest {
    private static final int REQUESTS = 100;
    private static final int LABELS_OF_ONE = 10_000;
    private static final int OTHERS = 10;
    /** Of one host, by default. */
    private static final int SERIES = 5_000;

    private final FakeBatchLog log = new FakeBatchLog();

    @Test
    void ofOneHostHarmNobodyElse() throws Exception {
        try (Door door = new Door(log, HttpLimits.standard(), 64 << 20)) {
            long accepted = 0;
            long refused = 0;
            long before = used();
            for (int request = 0; request < REQUESTS; request++) {
                Response answer = door.post(uniqueLabels(request));
                assertThat(answer.status()).isIn(200, 400);
                accepted +=
                        answer.status() == 200 ? answer.json().path("accepted").asInt() : 0;
                refused +=
                        answer.status() == 200 ? answer.json().path("rejected").asInt() : LABELS_OF_ONE;
                for (int other = 0; other < OTHERS; other++) {
                    Response good = door.post(ofAnother(other, request));
                    assertThat(good.status()).isEqualTo(200);
                    assertThat(good.json().path("accepted").asInt()).isEqualTo(2);
                    assertThat(good.json().path("rejected").asInt()).isZero();
                }
            }
            assertThat(accepted).isEqualTo(SERIES);
            assertThat(accepted + refused).isEqualTo((long) REQUESTS * LABELS_OF_ONE);
            assertThat(used() - before).as("bytes of heap").isLessThan(48 << 20);
            assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
            assertThat(door.meter.of("durable")).isEqualTo(SERIES + REQUESTS * OTHERS * 2);
        }
        assertThat(subjects("greedy")).hasSize(SERIES);
        for (int other = 0; other < OTHERS; other++) {
            assertThat(subjects("h" + other)).hasSize(2);
        }
    }

    private Set<Subject> subjects(String host) {
        return log.appended.stream()
                .filter(batch -> batch.host().equals(host))
                .flatMap(batch -> batch.points().stream())
                .map(point -> point.subject())
                .collect(Collectors.toSet());
    }

    private static String uniqueLabels(int request) {
        StringBuilder json = new StringBuilder("{\"host\":\"greedy\",\"points\":[");
        for (int i = 0; i < LABELS_OF_ONE; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"kind\":\"map\",\"labels\":{\"map\":\"")
                    .append(request * LABELS_OF_ONE + i)
                    .append("\"},\"timestamp\":")
                    .append(Drafts.NOW - request)
                    .append(",\"fields\":{\"f\":1}}");
        }
        return json.append("]}").toString();
    }

    private static String ofAnother(int host, int request) {
        return """
                {"host":"h%d","points":[{"timestamp":%2$d,"fields":{"cpu_usage":5}},
                 {"kind":"map","labels":{"map":"arena"},"timestamp":%2$d,"fields":{"player_count":3}}]}""".formatted(host, Drafts.NOW - 1000 + request);
    }

    private static long used() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
