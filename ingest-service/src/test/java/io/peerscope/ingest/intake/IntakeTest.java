package io.peerscope.ingest.intake;

import static io.peerscope.ingest.admission.Drafts.NOW;
import static io.peerscope.ingest.admission.Drafts.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.contracts.receipt.ReceiptRecord;
import io.peerscope.contracts.receipt.RefusedSample;
import io.peerscope.foundation.trace.Span;
import io.peerscope.ingest.admission.Admission;
import io.peerscope.ingest.admission.ClockSkew;
import io.peerscope.ingest.admission.Decoded;
import io.peerscope.ingest.admission.Draft;
import io.peerscope.ingest.admission.Drafts;
import io.peerscope.ingest.admission.Faults;
import io.peerscope.ingest.admission.Limits;
import io.peerscope.ingest.admission.Sender;
import io.peerscope.ingest.intake.FakeBatchLog.Mood;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private final FakeBatchLog log = new FakeBatchLog();
    private final FakeReceiptLog noted = new FakeReceiptLog();
    private final TallyMeter meter = new TallyMeter();
    private final AtomicInteger receipts = new AtomicInteger();
    private final Intake intake = new Intake(
            new Admission(MetricCatalogue.load(), new ClockSkew(10), Limits.standard()),
            log,
            noted,
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
        return intake.submit(Decoded.of(drafts.draft()), new Sender.AnyHost(), NOW, Span.NONE)
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

    @Test
    void aDuplicateIsWrittenDownBeforeItIsAcknowledged() {
        Reply.Accepted first = accepted(one("1", 1));
        noted.written.clear();
        assertThat(accepted(one("1", 1)).duplicate()).isTrue();
        assertThat(noted.written).singleElement().satisfies(receipt -> {
            assertThat(receipt.host()).isEqualTo("h1");
            assertThat(receipt.receipt()).isEqualTo(first.receipt());
            assertThat(receipt.accepted()).isEqualTo(1);
            assertThat(receipt.duplicate()).isEqualTo(1);
            assertThat(receipt.rejected()).isEqualTo(1);
        });

        noted.away = true;
        assertThat(submit(one("1", 1)).join())
                .isInstanceOfSatisfying(Reply.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.KAFKA_UNAVAILABLE));
    }

    @Test
    void whatIsRefusedBesideABatchTravelsWithItAndIsDescribed() {
        accepted(batch().point(NOW, "a", 1, "b", Double.NaN).point(NOW, "a", 2).point(Draft.BAD_TIME, "c", 3, "d", 4));

        assertThat(log.appended.getFirst().rejected()).isEqualTo(3);
        assertThat(log.appended.getFirst().merged()).isEqualTo(1);
        ReceiptRecord described = noted.written.getFirst();
        assertThat(described.rejected()).as("counted with the batch").isZero();
        assertThat(described.reasons()).isEqualTo(Map.of("bad_value", 1, "bad_timestamp", 2));
        assertThat(described.samples())
                .extracting(RefusedSample::name, RefusedSample::value, RefusedSample::timestamp, RefusedSample::code)
                .containsExactly(
                        tuple("b", "NaN", NOW, "bad_value"),
                        tuple("c", "3.0", null, "bad_timestamp"),
                        tuple("d", "4.0", null, "bad_timestamp"));
    }

    @Test
    void aWhollyRefusedBatchCountsWhereItsHostIsKnown() {
        submit(batch().point(0, "a", 1, "b", 2)).join();
        submit(batch().host("no host").point(0, "a", 1)).join();

        assertThat(noted.written).singleElement().satisfies(receipt -> {
            assertThat(receipt.accepted()).isZero();
            assertThat(receipt.rejected()).isEqualTo(2);
            assertThat(receipt.samples()).hasSize(2);
        });
    }

    @Test
    void ofAHostThatSendsMuchRubbishEverythingCountsAndLittleIsDescribed() {
        for (int i = 0; i < 30; i++) {
            Drafts rubbish = batch();
            for (int point = 0; point < 30; point++) {
                rubbish.point(point, "a", 1);
            }
            submit(rubbish).join();
        }
        assertThat(noted.written.stream().mapToInt(ReceiptRecord::rejected).sum())
                .isEqualTo(900);
        assertThat(noted.written.stream().mapToInt(one -> one.samples().size()).sum())
                .isEqualTo(100);
        assertThat(noted.written.getFirst().samples()).hasSize(ReceiptRecord.MOST_SAMPLES);
    }

    @Test
    void whatTheDecoderLeftOutBelongsToTheHostWhoseTokenItCameWith() {
        Faults leftOut = new Faults();
        leftOut.item(0, 4, ErrorCode.MALFORMED, "no such line; password=hunter22");
        Draft draft = one("1", 1).draft();
        Decoded request = new Decoded(List.of(draft), 2, leftOut);
        intake.submit(request, new Sender.OneHost("h1"), NOW, Span.NONE)
                .toCompletableFuture()
                .join();
        intake.submit(new Decoded(List.of(), 1, leftOut), new Sender.OneHost("h1"), NOW, Span.NONE)
                .toCompletableFuture()
                .join();

        assertThat(log.appended.getFirst().rejected()).isEqualTo(5);
        assertThat(noted.written.stream().mapToInt(ReceiptRecord::rejected).sum())
                .isEqualTo(4);
        assertThat(noted.written.getFirst().samples().getFirst().detail()).isEqualTo("no such line; password=…");
    }
}
