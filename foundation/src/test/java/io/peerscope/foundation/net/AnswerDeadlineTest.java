package io.peerscope.foundation.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerDeadlineTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final EmbeddedChannel connection = new EmbeddedChannel();

    @BeforeEach
    void accept() {
        connection.freezeTime();
        connection.pipeline().addLast(new AnswerDeadline(LIMIT));
        connection.pipeline().fireChannelActive();
    }

    @AfterEach
    void end() {
        connection.finishAndReleaseAll();
    }

    private void comes(String bytes) {
        connection.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
    }

    private void isAnswered() {
        connection.writeOutbound(Unpooled.copiedBuffer("HTTP/1.1 200 OK\r\n\r\n", US_ASCII));
    }

    private void pass(Duration time) {
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    private void drips(Duration time) {
        for (int second = 0; connection.isOpen() && second < time.toSeconds(); second++) {
            comes("x");
            pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void aHeadThatDripsIsHungUpOn() {
        drips(LIMIT);
        assertThat(connection.isOpen()).isTrue();
        drips(LIMIT.dividedBy(2));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void soIsWhoeverSaysNothingAtAll() {
        for (int quarter = 0; quarter < 6; quarter++) {
            pass(LIMIT.dividedBy(4));
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void betweenTwoRequestsAConnectionMayRest() {
        comes("GET / HTTP/1.1\r\n\r\n");
        isAnswered();
        for (int hour = 0; hour < 24; hour++) {
            pass(Duration.ofHours(1));
        }
        assertThat(connection.isOpen()).isTrue();
        drips(LIMIT.multipliedBy(2));
        assertThat(connection.isOpen()).as("the second request drips").isFalse();
    }

    @Test
    void aSlowRequestThatIsAnsweredInTimeIsNot() {
        for (int request = 0; request < 5; request++) {
            drips(LIMIT.minusSeconds(10));
            isAnswered();
        }
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void aConnectionThatIsGoneLeavesNoTimer() {
        connection.close();
        assertThat(connection.hasPendingTasks()).isFalse();
    }
}
