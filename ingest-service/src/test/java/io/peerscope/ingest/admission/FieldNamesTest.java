package io.peerscope.ingest.admission;

import static io.peerscope.contracts.point.FieldType.COUNTER;
import static io.peerscope.contracts.point.FieldType.DELTA;
import static io.peerscope.contracts.point.FieldType.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Shape;
import org.junit.jupiter.api.Test;

class FieldNamesTest {
    private static final String[] NAMES = {"zeta", "alpha", "spare"};
    private static final byte[] TYPES = {COUNTER.number(), 0, DELTA.number()};

    private final FieldNames typed = FieldNames.typed(NAMES, TYPES, 2);

    @Test
    void haveTheTypesTheyWereGiven() {
        assertThat(typed.type(0)).isEqualTo(COUNTER);
        assertThat(typed.type(1)).isEqualTo(UNKNOWN);
        assertThat(FieldNames.of("a").type(0)).isEqualTo(UNKNOWN);
    }

    @Test
    void whereNothingIsSaidOfTypesItIsTheSameAsWithout() {
        assertThat(FieldNames.typed(NAMES, new byte[2], 2)).isEqualTo(FieldNames.of(NAMES, 2));
        assertThat(typed).isNotEqualTo(FieldNames.of(NAMES, 2));
        assertThat(typed).isEqualTo(FieldNames.typed(NAMES.clone(), TYPES, 2)).hasSameHashCodeAs(typed);
    }

    @Test
    void areKnownAgainWithTheirTypes() {
        assertThat(typed.are(NAMES, TYPES, 2)).isTrue();
        assertThat(typed.are(NAMES, TYPES, 3)).isFalse();
        assertThat(typed.are(NAMES, new byte[2], 2)).isFalse();
        assertThat(typed.are(NAMES, 2)).isFalse();
        assertThat(FieldNames.of(NAMES, 2).are(NAMES, 2)).isTrue();
        assertThat(FieldNames.of(NAMES, 2).are(NAMES, new byte[2], 2)).isTrue();
    }

    @Test
    void typesFollowTheirFieldsIntoTheShape() {
        Layout layout = Layout.of(typed, Dialect.FOREIGN, MetricCatalogue.load());

        assertThat(layout.shape())
                .isEqualTo(Shape.typed(new String[] {"alpha", "zeta"}, new byte[] {0, COUNTER.number()}));
    }
}
