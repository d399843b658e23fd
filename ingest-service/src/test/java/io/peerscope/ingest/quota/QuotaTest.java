package io.peerscope.ingest.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.ingest.admission.Sender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(-5 * SECOND);
    private final Quotas quotas =
            new Quotas(new Quotas.Rates(10, 1000, Duration.ofSeconds(10)), Quotas.Rates.UNLIMITED, now::get);

    private Quota host(String name) {
        return quotas.of(new Sender.OneHost(name), name);
    }

    @Test
    void aBurstIsSavedUpAndThenTheRateHolds() {
        Quota quota = host("h1");
        assertThat(quota.samples(10_000)).isZero();
        assertThat(quota.samples(1)).isEqualTo(1);
        now.addAndGet(SECOND);
        assertThat(quota.samples(1000)).isZero();
        assertThat(quota.samples(500)).isEqualTo(1);
        assertThat(host("h2").samples(10_000)).as("another host").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 700, 2500, 10_000, 30_000})
    void afterTheSecondsThatItSaysItComesIn(int samples) {
        Quota quota = host("h1");
        quota.samples(9_999);
        quota.samples(10_000);
        for (int i = 0; i < 5; i++) {
            int wait = quota.samples(samples);
            if (wait > 0) {
                now.addAndGet((wait - 1) * SECOND - 1_000_000);
                assertThat(quota.samples(samples)).as("not a second less").isPositive();
                now.addAndGet(SECOND + 1_000_000);
            }
            assertThat(wait == 0 || quota.samples(samples) == 0).isTrue();
        }
    }

    @Test
    void whatIsLargerThanTheBurstPassesOnAFullBucketAndIsPaidOff() {
        Quota quota = host("h1");
        assertThat(quota.samples(50_000)).isZero();
        assertThat(quota.request()).as("samples are owed").isEqualTo(41);
        now.addAndGet(41 * SECOND);
        assertThat(quota.request()).isZero();
        assertThat(quota.samples(1000)).isZero();
    }

    @Test
    void requestsHaveARateOfTheirOwn() {
        Quota quota = host("h1");
        for (int i = 0; i < 100; i++) {
            assertThat(quota.request()).isZero();
        }
        assertThat(quota.request()).isEqualTo(1);
    }

    @Test
    void saysHowMuchIsLeft() {
        Quota quota = host("h1");
        quota.request();
        quota.samples(2500);
        assertThat(quota.policy()).contains("\"requests\";q=100;w=10, \"samples\";q=10000;w=10");
        assertThat(quota.state()).isEqualTo("\"requests\";r=99;t=1, \"samples\";r=7500;t=3");
        now.addAndGet(3600 * SECOND);
        assertThat(quota.state()).isEqualTo("\"requests\";r=100;t=0, \"samples\";r=10000;t=0");
    }

    @Test
    void aFleetIsNotLimitedByDefault() {
        Quota fleet = quotas.of(new Sender.AnyHost(), "f");
        for (int i = 0; i < 10_000; i++) {
            assertThat(fleet.request() + fleet.samples(1_000_000)).isZero();
        }
        assertThat(fleet.policy()).isEmpty();
    }

    @Test
    void manyThreadsTakeNoMoreThanThereIs() throws InterruptedException {
        Quota quota = host("h1");
        AtomicLong taken = new AtomicLong();
        CountDownLatch done = new CountDownLatch(8);
        for (int thread = 0; thread < 8; thread++) {
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < 5000; i++) {
                    taken.addAndGet(quota.samples(1) == 0 ? 1 : 0);
                }
                done.countDown();
            });
        }
        done.await();
        assertThat(taken).hasValue(10_000);
    }

    @Test
    void wrongCredentialsAreCountedByAddress() {
        Strangers strangers = new Strangers(now::get);
        for (int i = 0; i < 100; i++) {
            assertThat(strangers.wrong("192.0.2.1")).isZero();
        }
        assertThat(strangers.wrong("192.0.2.1")).isEqualTo(1);
        assertThat(strangers.wrong("192.0.2.2")).isZero();
        now.addAndGet(SECOND);
        assertThat(strangers.wrong("192.0.2.1")).isZero();
    }
}
