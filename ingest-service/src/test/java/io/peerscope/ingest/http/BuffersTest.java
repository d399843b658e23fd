package io.peerscope.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers();

    @Test
    void whatWasGivenBackIsTakenAgain() {
        byte[] first = buffers.take(100_000);
        buffers.give(first);

        assertThat(buffers.take(90_000)).isSameAs(first);
        assertThat(buffers.take(90_000)).isNotSameAs(first);
    }

    @Test
    void aTakenOneIsLongEnough() {
        for (int length : new int[] {0, 1, 2, 100, 128, 129, 512 * 1024, 512 * 1024 + 1}) {
            byte[] taken = buffers.take(length);
            assertThat(taken.length).isGreaterThanOrEqualTo(length);
            buffers.give(taken);
        }
    }

    @Test
    void largeOnesAreNotKept() {
        byte[] large = buffers.take(600 * 1024);
        buffers.give(large);

        assertThat(large).hasSize(600 * 1024);
        assertThat(buffers.take(600 * 1024)).isNotSameAs(large);
    }

    @Test
    void noMoreThanAFewAreKept() {
        byte[][] taken = new byte[20][];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = buffers.take(1000);
        }
        for (byte[] one : taken) {
            buffers.give(one);
        }
        int known = 0;
        for (int i = 0; i < taken.length; i++) {
            byte[] again = buffers.take(1000);
            for (byte[] one : taken) {
                known += one == again ? 1 : 0;
            }
        }
        assertThat(known).isEqualTo(8);
    }
}
