package io.peerscope.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponderTest {
    private static final long SECOND = 1_000_000_000;

    private final EchoCodec codec = new EchoCodec(new byte[0]);
    private final Responder responder = new Responder(codec, new SourceRates(10));

    @Test
    void a_question_is_answered_with_its_own_numbers() throws Exception {
        Echo question = new Echo(Echo.Kind.QUESTION, 5, 6);
        byte[] answer = responder.answer(question, source(1), 0).orElseThrow();
        assertThat(codec.decode(answer, answer.length)).contains(new Echo(Echo.Kind.ANSWER, 5, 6));
    }

    @Test
    void one_address_is_answered_so_often_a_second_and_others_do_not_notice() throws Exception {
        assertThat(answered(100, source(1), 0)).isEqualTo(20);
        assertThat(answered(5, source(2), 0)).isEqualTo(5);
        assertThat(answered(100, source(1), SECOND)).isEqualTo(10);
        assertThat(answered(100, source(1), SECOND)).isZero();
        assertThat(answered(100, source(1), 100 * SECOND)).isEqualTo(20);
    }

    @Test
    void addresses_that_are_made_up_get_no_more_than_all_may() throws Exception {
        int answers = 0;
        for (int i = 0; i < 20_000; i++) {
            answers += answered(1, source(i), 0);
        }
        assertThat(answers).isEqualTo(64 * 10 * 2);
    }

    private int answered(int questions, InetAddress source, long now) {
        return (int) IntStream.range(0, questions)
                .filter(i -> responder
                        .answer(new Echo(Echo.Kind.QUESTION, 1, i), source, now)
                        .isPresent())
                .count();
    }

    private static InetAddress source(int number) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
}
