package io.peerscope.ingest.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.ingest.admission.Dialect;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.DraftPoint;
import io.peerscope.ingest.admission.FieldNames;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final List<String> NONE = List.of();

    private final Gathering gathering = new Gathering();

    @Test
    void samplesOfOneSubjectAndTimeBecomeOnePoint() {
        for (int i = 0; i < 10; i++) {
            gathering.add("h1", "host", NONE, 5, "f" + i, FieldType.GAUGE, i, i / 2);
        }
        DraftPoint point = only(only(gathering.drafts()).points());

        assertThat(point.names().size()).isEqualTo(10);
        assertThat(point.names().name(9)).isEqualTo("f9");
        assertThat(point.values()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(point.items()).containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
    }

    @Test
    void hostsKindsLabelsAndTimesAreKeptApart() {
        gathering.add("h1", "host", NONE, 5, "f", FieldType.GAUGE, 1, 0);
        gathering.add("h2", "host", NONE, 5, "f", FieldType.GAUGE, 2, 1);
        gathering.add("h1", "map", NONE, 5, "f", FieldType.GAUGE, 3, 2);
        gathering.add("h1", "host", List.of("a", "b"), 5, "f", FieldType.GAUGE, 4, 3);
        gathering.add("h1", "host", NONE, 6, "f", FieldType.GAUGE, 5, 4);

        List<Draft> drafts = gathering.drafts();
        assertThat(drafts).extracting(Draft::host).containsExactly("h1", "h2");
        assertThat(drafts).extracting(Draft::dialect).containsOnly(Dialect.FOREIGN);
        assertThat(drafts.getFirst().points())
                .extracting(point -> point.values()[0])
                .containsExactly(1.0, 3.0, 4.0, 5.0);
    }

    @Test
    void aFieldThatComesTwiceBeginsAnotherPointWhichComesLater() {
        gathering.add("h1", "host", NONE, 5, "f", FieldType.GAUGE, 1, 0);
        gathering.add("h1", "host", NONE, 5, "g", FieldType.GAUGE, 2, 1);
        gathering.add("h1", "host", NONE, 5, "f", FieldType.GAUGE, 3, 2);

        assertThat(only(gathering.drafts()).points())
                .extracting(DraftPoint::names)
                .containsExactly(typed("f", "g"), typed("f"));
    }

    private static FieldNames typed(String... names) {
        byte[] types = new byte[names.length];
        Arrays.fill(types, FieldType.GAUGE.number());
        return FieldNames.typed(names, types, names.length);
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
