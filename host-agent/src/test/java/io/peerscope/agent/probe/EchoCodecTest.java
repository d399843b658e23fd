package io.peerscope.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EchoCodecTest {
    private static final Echo QUESTION = new Echo(Echo.Kind.QUESTION, -7, 1L << 40);

    private final EchoCodec open = new EchoCodec(new byte[0]);
    private final EchoCodec signed = new EchoCodec("a secret of some length".getBytes(StandardCharsets.UTF_8));

    @Test
    void an_echo_is_read_as_it_was_written() {
        for (EchoCodec codec : new EchoCodec[] {open, signed}) {
            assertThat(codec.decode(codec.encode(QUESTION), 64)).contains(QUESTION);
            assertThat(codec.decode(codec.encode(QUESTION.answer()), 64)).contains(QUESTION.answer());
        }
    }

    @Test
    void answers_are_as_long_as_questions() {
        assertThat(open.encode(QUESTION)).hasSize(64);
        assertThat(open.encode(QUESTION.answer())).hasSize(64);
    }

    @Test
    void whoever_has_another_secret_or_none_is_not_heard() {
        EchoCodec other = new EchoCodec("another secret of the kind".getBytes(StandardCharsets.UTF_8));
        assertThat(signed.decode(other.encode(QUESTION), 64)).isEmpty();
        assertThat(signed.decode(open.encode(QUESTION), 64)).isEmpty();
        assertThat(open.decode(signed.encode(QUESTION), 64)).isEmpty();
    }

    @Test
    void a_changed_bit_a_missing_byte_or_one_too_many_makes_it_nothing() {
        byte[] whole = signed.encode(QUESTION);
        for (int bit = 0; bit < 512; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(signed.decode(changed, 64)).as("bit %d", bit).isEmpty();
        }
        assertThat(signed.decode(whole, 63)).isEmpty();
        assertThat(signed.decode(Arrays.copyOf(whole, 65), 65)).isEmpty();
    }

    @Test
    void noise_is_nothing() {
        Random random = new Random(1);
        byte[] noise = new byte[65];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(noise);
            assertThat(open.decode(noise, random.nextInt(66))).isEmpty();
        }
    }
}
