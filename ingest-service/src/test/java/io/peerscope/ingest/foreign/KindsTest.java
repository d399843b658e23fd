package io.peerscope.ingest.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsTest {
    private final Kinds kinds = new Kinds(MetricCatalogue.load());

    @ParameterizedTest
    @CsvSource({
        "'', unheard_of, host",
        "peer, unheard_of, connection",
        "map, unheard_of, map",
        "stream, unheard_of, stream",
        "session, unheard_of, session",
        "protocol, unheard_of, host",
        "resource, unheard_of, host",
        "map peer, unheard_of, connection",
        "peer, rtt_ms, connection",
        "peer, cpu_usage, host",
        "peer resource, cpu_usage, resource",
        "map, player_count, map",
        "'', latency_ms, host",
    })
    void theLabelsTellUnlessTheCatalogueKnowsBetter(String labels, String field, String kind) {
        List<String> pairs = labels.isEmpty()
                ? List.of()
                : List.of(labels.replace(" ", " v ").concat(" v").split(" ", -1));
        assertThat(kinds.of(new Origin("h1", "", pairs), field)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"cpu_usage, pod", "rtt_ms, pod"})
    void aKindThatIsNamedHolds(String field, String kind) {
        assertThat(kinds.of(new Origin("h1", kind, List.of("peer", "h2")), field))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"host, true", "connection, true", "resource, true", "peer, false", "cpu, false", "'', false"})
    void someWordsAreKinds(String word, boolean kind) {
        assertThat(Kinds.isKind(word)).isEqualTo(kind);
    }
}
