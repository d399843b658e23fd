package io.peerscope.contracts.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkHealthTest {
    static Stream<Arguments> cases() {
        return Stream.of(
                //                                            up silent strained links impaired  health
                of("all is well", /*                       */ 10, 0, 0, 20, 0, 100.0),
                of("one host alone without links is well", 1, 0, 0, 0, 0, 100.0),
                of("nobody is up: nothing but silence", /* */ 0, 5, 0, 0, 0, 0.0),
                of("half of the hosts are silent: 4 × ½ + 3 + 3", 5, 5, 0, 10, 0, 80.0),
                of("every link is impaired: 4 + 0 + 3", /* */ 10, 0, 0, 10, 10, 70.0),
                of("every host is strained: 4 + 3 + 0", /* */ 10, 0, 10, 10, 0, 70.0),
                of("strain weighs more where links are unknown: 4 of 7", 10, 0, 10, 0, 0, 57.1),
                of("all is bad", /*                        */ 1, 0, 1, 1, 1, 40.0),
                of("one of two hundred silent hosts shows", 199, 1, 0, 0, 0, 99.7));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isTheWeightedMean(String why, int up, int silent, int strained, int links, int impaired, double health) {
        assertThat(NetworkHealth.of(up, silent, strained, links, impaired)).isEqualTo(OptionalDouble.of(health));
    }

    @Test
    void isUnknownWithoutHosts() {
        assertThat(NetworkHealth.of(0, 0, 0, 0, 0)).isEmpty();
        assertThat(NetworkHealth.of(0, 0, 0, 5, 0)).isEmpty();
    }
}
