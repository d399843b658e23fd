package io.peerscope.query.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.point.Subject;
import io.peerscope.query.detect.SyntheticNetwork.Kind;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts alerts on many hosts on which nothing happens: the figures of docs/detection.md. */
@Tag("soak")
class FalseAlarmsTest {
    private static final Logger LOG = Logger.getLogger(FalseAlarmsTest.class);
    private static final int HOSTS = 10;
    private static final int DAYS = 7;
    private static final long SEED = 23;

    @ParameterizedTest
    @CsvSource({"5,0", "4,600", "5,600"})
    void anomaly(int limit, int duration) {
        String rule =
                "'id':'odd','metric':'load','detect':'anomaly','warning':%d,'duration':%d".formatted(limit, duration);
        for (Kind kind : Kind.values()) {
            int alerts = count(rule, kind);
            LOG.infof("anomaly, limit %d, duration %d s, %s: %d alerts", limit, duration, kind, alerts);
            if (duration > 0 && limit >= 5) {
                assertThat(alerts).as("%s on %d host-days", kind, HOSTS * DAYS).isLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"48h"})
    void forecast(String within) {
        String rule = "'id':'full','metric':'filled','detect':'forecast','within':'%s','warning':120".formatted(within);
        for (Kind kind : Kind.values()) {
            int alerts = count(rule, kind);
            LOG.infof("forecast, within %s, %s: %d alerts", within, kind, alerts);
            assertThat(alerts).as("%s on %d host-days", kind, HOSTS * DAYS).isLessThanOrEqualTo(1);
        }
    }

    private static int count(String rule, Kind kind) {
        SyntheticNetwork network = new SyntheticNetwork(29 + DAYS);
        List<Subject> hosts = network.add(kind, HOSTS, SEED);
        return new Judgement(network, rule, hosts, 28, 28 + DAYS).fired().size();
    }
}
