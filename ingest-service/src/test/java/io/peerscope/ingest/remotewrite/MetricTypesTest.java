package io.peerscope.ingest.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.FieldType;
import io.peerscope.ingest.admission.Sender;
import org.junit.jupiter.api.Test;

class MetricTypesTest {
    private static final int COUNTER = 1;
    private static final int NAMES = 20_000;
    private static final String LONG = "n".repeat(1000);

    private final MetricTypes types = new MetricTypes();
    private final Sender calm = new Sender.OneHost("calm");

    @Test
    void whoSaysTooMuchBeginsAnewAndNobodyElseDoes() {
        types.learn(calm, "requests", COUNTER);
        Sender loud = new Sender.OneHost("loud");
        long most = 0;
        for (int i = 0; i < NAMES; i++) {
            types.learn(loud, LONG + i, COUNTER);
            most = Math.max(most, types.of(loud).size());
        }
        assertThat(most).isLessThan(8_000);
        assertThat(types.of(calm)).containsEntry("requests_total", FieldType.COUNTER);
    }

    @Test
    void manyWhoSayMuchAreBoundedTogether() {
        types.learn(calm, "requests", COUNTER);
        for (int sender = 0; sender < 20; sender++) {
            for (int i = 0; i < 3000; i++) {
                types.learn(new Sender.OneHost("h" + sender), LONG + i, COUNTER);
            }
        }
        assertThat(types.of(calm)).isEmpty();
        types.learn(calm, "requests", COUNTER);
        assertThat(types.of(calm)).containsEntry("requests", FieldType.COUNTER);
    }
}
