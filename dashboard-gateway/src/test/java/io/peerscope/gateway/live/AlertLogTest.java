package io.peerscope.gateway.live;

import static io.peerscope.gateway.live.Samples.fired;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertLogTest {
    private final AlertLog log = new AlertLog(3);

    @Test
    void frameSaysWhatHappenedAndWhere() {
        log.append(fired("a1"));

        assertThat(log.after(0).orElseThrow().text())
                .startsWith("{\"type\":\"alert\",\"transition\":\"firing\",\"alert\":{\"id\":\"a1\"")
                .endsWith(",\"offset\":1}");
    }

    @Test
    void readersGoOnWhereTheyWere() {
        log.append(fired("a1"));
        log.append(fired("a2"));

        assertThat(log.after(1).orElseThrow().text()).contains("\"id\":\"a2\"");
        assertThat(log.after(2)).isEmpty();
    }

    @Test
    void oldestIsForgottenFirst() {
        for (int i = 1; i <= 5; i++) {
            log.append(fired("a" + i));
        }

        assertThat(log.last()).isEqualTo(5);
        assertThat(log.reaches(1)).isFalse();
        assertThat(log.reaches(2)).isTrue();
        assertThat(log.after(1)).isEmpty();
        assertThat(log.after(2).orElseThrow().text()).contains("\"id\":\"a3\"");
    }

    @Test
    void offsetsOfAnotherGatewayAreNotReached() {
        log.append(fired("a1"));

        assertThat(log.reaches(2)).isFalse();
        assertThat(log.reaches(-1)).isFalse();
    }

    @Test
    void knowsHowMuchAReaderHasYetToGet() {
        log.append(fired("a1"));
        log.append(fired("a2"));
        long each = log.after(0).orElseThrow().bytes();

        assertThat(log.bytesAfter(0)).isEqualTo(2 * each);
        assertThat(log.bytesAfter(1)).isEqualTo(each);
        assertThat(log.bytesAfter(2)).isZero();
        log.append(fired("a3"));
        log.append(fired("a4"));
        assertThat(log.bytesAfter(0)).isEqualTo(Long.MAX_VALUE);
    }
}
