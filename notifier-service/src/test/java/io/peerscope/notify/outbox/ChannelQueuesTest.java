package io.peerscope.notify.outbox;

import static io.peerscope.notify.Alerts.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.contracts.notify.ChannelType;
import io.peerscope.contracts.notify.DeliveryRecord;
import io.peerscope.contracts.notify.MessageType;
import io.peerscope.contracts.notify.OutboxMessage;
import io.peerscope.foundation.trace.Span;
import io.peerscope.notify.Alerts;
import io.peerscope.notify.deliver.Backoff;
import io.peerscope.notify.deliver.ChannelDirectory;
import io.peerscope.notify.deliver.Delivery;
import io.peerscope.notify.deliver.Notebook;
import io.peerscope.notify.deliver.Postman;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChannelQueuesTest {
    private final CountDownLatch mended = new CountDownLatch(1);
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final PartitionWork work = new PartitionWork();
    private volatile boolean logIsBroken;

    private final Notebook log = new Notebook() {
        @Override
        public void write(DeliveryRecord attempt) throws InterruptedException {
            if (logIsBroken) {
                logIsBroken = false;
                throw new IllegalStateException("the disk is full");
            }
            super.write(attempt);
        }
    };

    private final ChannelQueues queues = new ChannelQueues(new Postman(
            Map.of(ChannelType.WEBHOOK, (message, now) -> {
                if (message.channel().id().equals("hangs") && message.type() != MessageType.TEST) {
                    mended.await();
                }
                sent.add(message.id());
                return new Delivery.Sent();
            }),
            (id, existedAt) -> new ChannelDirectory.Entry.Unknown(),
            log,
            message -> {},
            (id, message) -> {},
            Backoff.standard(),
            () -> Alerts.T0,
            new Random()));

    @Test
    void a_channel_that_hangs_holds_up_neither_the_others_nor_its_own_test() throws InterruptedException {
        submit("hangs", "h1", MessageType.FIRING);
        submit("hangs", "h2", MessageType.RESOLVED);
        submit("well", "w1", MessageType.FIRING);
        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("w1");
        submit("hangs", "t1", MessageType.TEST);
        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("t1");

        mended.countDown();
        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("h1");
        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("h2");
    }

    @Test
    void a_note_that_fails_repeats_the_message_under_its_id_and_nothing_else() throws InterruptedException {
        logIsBroken = true;
        submit("well", "w1", MessageType.FIRING);
        submit("well", "w2", MessageType.RESOLVED);

        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("w1");
        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("w1");
        assertThat(sent.poll(5, TimeUnit.SECONDS)).isEqualTo("w2");
    }

    @Test
    void what_queues_when_the_partition_goes_is_left_to_its_new_owner() throws InterruptedException {
        submit("hangs", "h1", MessageType.FIRING);
        submit("hangs", "h2", MessageType.RESOLVED);
        work.lose();
        mended.countDown();
        queues.close(Duration.ofSeconds(5));

        assertThat(log.dealtWith("h2")).isFalse();
    }

    @Test
    void closing_lets_what_is_being_said_come_to_its_end() throws InterruptedException {
        submit("hangs", "h1", MessageType.FIRING);
        Thread.ofVirtual().start(mended::countDown);
        work.lose();
        queues.close(Duration.ofSeconds(5));

        assertThat(sent).hasSameSizeAs(log.written());
    }

    private void submit(String channelId, String id, MessageType type) {
        OutboxMessage message = Alerts.message(id, webhook(channelId), type);
        queues.submit(message, work, Span.NONE, () -> {});
    }
}
