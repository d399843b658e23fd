package io.peerscope.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Point;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.http.Door;
import io.peerscope.ingest.http.HttpLimits;
import io.peerscope.ingest.intake.FakeBatchLog;
import io.peerscope.ingest.remotewrite.Tongue;
import io.peerscope.ingest.remotewrite.Tongue.Said;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    /** Of an instance that has just begun. */
    private List<Point> points(Tongue tongue, long says, long receivedAt) throws Exception {
        FakeBatchLog log = new FakeBatchLog();
        try (Door door = new Door(log, HttpLimits.standard(), 64 << 20, UnaryOperator.identity(), () -> receivedAt)) {
            var request = tongue.request(door, List.of(new Said("h1", says))).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isIn(200, 204);
        }
        List<Point> points = new ArrayList<>();
        log.appended.forEach(batch -> points.addAll(batch.points()));
        return points;
    }
}
