package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.remotewrite.Tongue;
import io.peerscope.ingest.remotewrite.Tongue.Said;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A host whose clock is wrong harms nobody else, whatever protocol it speaks: what is let in has an event time between
 * what raw storage keeps and a second from now, the record's time is ours, and every sample is let in or refused with a
 * reason.
 */
class ClocksOfHostsTest {
    private static final long NOW = Drafts.NOW;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final FakeBatchLog log = new FakeBatchLog();
    private final HttpClient client = HttpClient.newHttpClient();

    /** What the wrong clock says, in the order of the requests. */
    private record Clock(String what, long... says) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Arguments> clocks() {
        List<Clock> clocks = List.of(
                new Clock("two hours ahead", NOW + 2 * HOUR, NOW + 2 * HOUR + 5000),
                new Clock("two hours behind", NOW - 2 * HOUR, NOW - 2 * HOUR + 5000),
                new Clock("ten years ahead", NOW + 87_600 * HOUR, NOW + 87_600 * HOUR + 5000),
                new Clock("zero", 0, 5000),
                new Clock("negative", -1, -HOUR),
                new Clock("nearly as negative as can be", -100_000_000_000_000L),
                new Clock("jumps back an hour", NOW - 1000, NOW - HOUR, NOW - HOUR + 1000),
                new Clock("half a minute ahead", NOW + 30_000, NOW + 35_000));
        return Stream.of(Tongue.values()).flatMap(tongue -> clocks.stream().map(clock -> Arguments.of(tongue, clock)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("clocks")
    void aWrongClockHarmsNobodyElse(Tongue tongue, Clock clock) throws Exception {
        int sent = clock.says().length;
        try (Door door = new Door(log, HttpLimits.standard(), 64 << 20)) {
            for (int i = 0; i < sent; i++) {
                Said good = new Said("good", NOW - 5000 + i * 1000);
                Said bad = new Said("bad", clock.says()[i]);
                if (tongue.manyHosts()) {
                    assertThat(status(door, tongue, bad, good)).isIn(200, 204, 400);
                } else {
                    assertThat(status(door, tongue, bad)).isIn(200, 400);
                    assertThat(status(door, tongue, good)).isEqualTo(200);
                }
            }
            assertThat(door.meter.balances()).as("%s", door.meter).isTrue();
        }
        assertThat(points("good")).extracting(Point::timestamp).hasSize(sent).allSatisfy(time -> assertThat(time)
                .isBetween(NOW - 5000, NOW - 5000 + 1000L * sent));
        for (PointBatch batch : log.appended) {
            assertThat(batch.receivedAt()).isEqualTo(NOW);
        }
        assertThat(points("bad"))
                .allSatisfy(point -> assertThat(point.timestamp()).isBetween(NOW - 24 * HOUR, NOW + 1000));
    }

    private int status(Door door, Tongue tongue, Said... said) throws Exception {
        return client.send(tongue.request(door, List.of(said)).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private List<Point> points(String host) {
        return log.appended.stream()
                .filter(batch -> batch.host().equals(host))
                .flatMap(batch -> batch.points().stream())
                .toList();
    }
}
