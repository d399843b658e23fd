package io.peerscope.query.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Shape;
import io.peerscope.contracts.point.Subject;
import io.peerscope.query.point.PointRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a rule is tried on: the points that say what it looks at, with their words. */
class RawHistoryTest {
    private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");
    private static final Subject LINK = new Subject("h1", "connection", Labels.of("peer", "h2"));
    private static final Shape LATENCY = Shape.sorted("latency_ms");
    private static final Shape NOTHING = Shape.sorted();

    @RegisterExtension
    private final FreshDatabase database = FreshDatabase.plain();

    @BeforeEach
    void store() throws SQLException {
        Ids ids = new Ids();
        try (Connection connection = database.get().getConnection()) {
            ids.resolve(connection, Set.of(LINK), Set.of(LATENCY, NOTHING));
            long link = ids.of(LINK);
            new RawPoints(ids)
                    .insert(
                            connection,
                            List.of(
                                    new PointRow(link, T.toEpochMilli(), LATENCY, new double[] {40}, Map.of()),
                                    new PointRow(
                                            link,
                                            T.toEpochMilli() + 1_000,
                                            NOTHING,
                                            new double[0],
                                            Map.of("connection_type", "relay")),
                                    new PointRow(
                                            link,
                                            T.toEpochMilli() + 2_000,
                                            NOTHING,
                                            new double[0],
                                            Map.of("ice_state", "failed"))));
        }
    }

    @Test
    void onlyPointsThatSayIt() {
        assertThat(read(List.of("latency_ms"), List.of()))
                .extracting(Point::timestamp)
                .containsExactly(T.toEpochMilli());
        assertThat(read(List.of(), List.of("connection_type")))
                .extracting(Point::states)
                .containsExactly(Map.of("connection_type", "relay"));
        assertThat(read(List.of(), List.of())).hasSize(3);
    }

    private List<Point> read(List<String> fields, List<String> states) {
        List<Point> points = new ArrayList<>();
        new RawHistory(database.get(), Duration.ofSeconds(10), 100)
                .read("connection", "", new RawHistory.Content(fields, states), T, T.plusSeconds(60), points::add);
        return points;
    }
}
