package io.peerscope.foundation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.foundation.health.Condition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTroubleTest {
    @TempDir
    private Path disk;

    private final AtomicLong now = new AtomicLong(-17);

    @Test
    void aFullDiskIsNamedWithTheCureUntilItHasWorkedForAWhile() {
        StateTrouble state = new StateTrouble(disk, now::get);
        assertThat(state.died(
                        "alert",
                        new StreamsException(new ProcessorStateException(
                                "Error opening store", new IOException("No space left on device")))))
                .isPresent();
        assertThat(state.condition())
                .isEqualTo(new Condition.Down("alert stands still: no space is left on the disk of its state, " + disk
                        + ". Free some; it goes on by itself from where it was, nothing is lost"));
        now.addAndGet(StateTrouble.OVER_AFTER.toNanos() + 1);
        assertThat(state.condition()).isEqualTo(Condition.ok());
    }

    @Test
    void anotherFaultOfTheDiskIsNamed() {
        StateTrouble state = new StateTrouble(disk, now::get);
        assertThat(state.died("alert", new ProcessorStateException("Corruption: bad block")))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("cannot use its state").contains("bad block"));
    }

    @Test
    void whatIsNoFaultOfTheDiskIsNotBlamedOnIt() {
        StateTrouble state = new StateTrouble(disk, now::get);
        assertThat(state.died("alert", new StreamsException("the broker is away")))
                .isEmpty();
        assertThat(state.condition()).isEqualTo(Condition.ok());
    }
}
