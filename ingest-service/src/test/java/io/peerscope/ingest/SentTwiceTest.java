package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.PointBatch;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.remotewrite.Tongue;
import io.peerscope.ingest.remotewrite.Tongue.Said;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same request at two instances that know nothing of one another makes the same points, to the millisecond: then storage
 * keeps them once. With a clock that is right this holds whenever it comes; one that is ahead is corrected by what each
 * instance sees of it, which agrees while the two requests come together.
 */
class SentTwiceTest {
    private static final long NOW = Drafts.NOW;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long BESIDE = 80;
    private static final long AHEAD = 30_000;

    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
    }

    /** What the host's clock says, and after how long the request comes again, milliseconds. */
    static Stream<Arguments> repetitions() {
        return Stream.of(Tongue.values())
                .flatMap(tongue -> Stream.of(
                        Arguments.of(tongue, "at once", NOW - 2345, BESIDE),
                        Arguments.of(tongue, "an hour apart", NOW - 2345, HOUR),
                        Arguments.of(tongue, "at once, queued for hours", NOW - 5 * HOUR, BESIDE),
                        Arguments.of(tongue, "at once, half a minute ahead", NOW + 30_000, BESIDE)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("repetitions")
    void makesTheSamePointsEverywhere(Tongue tongue, String when, long says, long later) throws Exception {
        List<Point> first = points(tongue, says, NOW);

        assertThat(first).hasSize(1);
        assertThat(points(tongue, says, NOW + later)).isEqualTo(first);
    }

    /** As after a restart: what was added to the host's timestamps before is in its live state. */
    @ParameterizedTest
    @EnumSource
    void aClockThatWasFoundToBeAheadIsCorrectedAlikeWhereverItsBatchComesAgain(Tongue tongue) throws Exception {
        FakeBatchLog log = new FakeBatchLog();
        AtomicLong clock = new AtomicLong(NOW - 60_000);
        try (Door door = new Door(log, clock::get, host -> 0)) {
            for (int i = 0; i < 6; i++) {
                send(door, tongue, clock.addAndGet(10_000) + AHEAD);
            }
        }
        PointBatch last = log.appended.getLast();
        assertThat(last.skew()).isEqualTo(-AHEAD);

        FakeBatchLog again = new FakeBatchLog();
        try (Door door = new Door(again, () -> NOW + HOUR, host -> last.skew())) {
            send(door, tongue, NOW + AHEAD);
        }
        assertThat(again.appended.getLast().points()).isEqualTo(last.points());
    }

    private void send(Door door, Tongue tongue, long says) throws Exception {
        var request = tongue.request(door, List.of(new Said("h1", says))).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isIn(200, 204);
    }

    /** Of an instance that has just begun. */
    private List<Point> points(Tongue tongue, long says, long receivedAt) throws Exception {
        FakeBatchLog log = new FakeBatchLog();
        try (Door door = new Door(log, () -> receivedAt, host -> 0)) {
            send(door, tongue, says);
        }
        List<Point> points = new ArrayList<>();
        log.appended.forEach(batch -> points.addAll(batch.points()));
        return points;
    }
}
