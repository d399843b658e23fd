package io.peerscope.ingest.intake;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static io.peerscope.ingest.admission.Drafts.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final FakeBatchLog log = new FakeBatchLog();
    private final TallyMeter meter = new TallyMeter();
    private final AtomicInteger receipts = new AtomicInteger();
    private final Intake intake = new Intake(
            new Admission(MetricCatalogue.load(), new ClockSkew(10), Limits.standard()),
            log,
            2,
            () -> "r" + receipts.incrementAndGet(),
            meter);

    @AfterEach
    void nothingIsLostOutOfSight() {
        log.release();
        assertThat(meter.of("decoded samples"))
                .as("%s", meter)
                .isEqualTo(
                        meter.of("rejected") + meter.of("duplicate") + meter.of("durable") + meter.of("unconfirmed"));
    }

    private CompletableFuture<Reply> submit(Drafts drafts) {
        return intake.submit(Decoded.of(drafts.draft()), new Sender.AnyHost(), NOW)
                .toCompletableFuture();
    }

    private Reply.Accepted accepted(Drafts drafts) {
        return (Reply.Accepted) submit(drafts).join();
    }

    private static Drafts one(String id, double value) {
        return batch().id(id).point(NOW, "a", value, "b", Double.NaN);
    }

    @Test
    void theReceiptOfTheAnswerIsInTheBatch() {
        Reply.Accepted reply = accepted(one("1", 1));

        assertThat(reply.accepted()).isEqualTo(1);
        assertThat(reply.rejected()).isEqualTo(1);
        assertThat(reply.duplicate()).isFalse();
        assertThat(reply.receipt()).isEqualTo(log.appended.getFirst().receipt());
        assertThat(reply.errors()).hasSize(1);
    }

    @Test
    void sentAgainItGetsTheSameAnswerAndWritesNothing() {
        Reply.Accepted first = accepted(one("1", 1).sentAt(NOW - 10));
        Reply.Accepted second = accepted(one("1", 1).sentAt(NOW));

        assertThat(second.duplicate()).isTrue();
        assertThat(second.receipt()).isEqualTo(first.receipt());
        assertThat(second.accepted()).isEqualTo(first.accepted());
        assertThat(second.rejected()).isEqualTo(first.rejected());
        assertThat(log.appended).hasSize(1);
    }

    @Test
    void anIdThatStartsOverWithOtherContentIsNew() {
        accepted(one("1", 1));

        assertThat(accepted(one("1", 2)).duplicate()).isFalse();
        assertThat(accepted(one("1", 1).host("h2")).duplicate()).isFalse();
        assertThat(log.appended).hasSize(3);
    }

    @Test
    void withoutAnIdTheTimestampsTellARepetition() {
        accepted(batch().point(NOW, "a", 1));

        assertThat(accepted(batch().point(NOW, "a", 1)).duplicate()).isTrue();
        assertThat(accepted(batch().point(NOW + 1, "a", 1)).duplicate()).isFalse();
    }

    @Test
    void withoutIdAndTimeTheSameValuesAgainAreNews() {
        accepted(batch().point(Draft.NO_TIME, "a", 1));

        assertThat(accepted(batch().point(Draft.NO_TIME, "a", 1)).duplicate()).isFalse();
        assertThat(log.appended).hasSize(2);
    }

    @Test
    void whatIsStillOnItsWayIsNoDuplicate() {
        log.become(Mood.HANG);
        CompletableFuture<Reply> first = submit(one("1", 1));
        CompletableFuture<Reply> second = submit(one("1", 1));

        assertThat(first).isNotDone();
        assertThat(log.appended).hasSize(2);
        log.release();
        assertThat(first).isCompleted();
        assertThat(second).isCompletedWithValueMatching(reply -> reply instanceof Reply.Accepted a && !a.duplicate());
    }

    @Test
    void whatMayOrMayNotHaveArrivedIsNoDuplicate() {
        log.become(Mood.FAIL);
        assertThat(submit(one("1", 1)).join())
                .isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.KAFKA_UNAVAILABLE));

        log.become(Mood.ACKNOWLEDGE);
        assertThat(accepted(one("1", 1)).duplicate()).isFalse();
        assertThat(log.appended).hasSize(2);
    }

    @Test
    void theBatchesAcknowledgedLastAreRemembered() {
        for (String id : new String[] {"1", "2", "3"}) {
            accepted(one(id, 1));
        }
        assertThat(accepted(one("3", 1)).duplicate()).isTrue();
        assertThat(accepted(one("1", 1)).duplicate()).isFalse();
    }

    @Test
    void nothingOfARefusedBatchIsWritten() {
        assertThat(submit(batch().host("").point(NOW, "a", 1)).join())
                .isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.MISSING_FIELD));
        assertThat(log.appended).isEmpty();
    }
}
