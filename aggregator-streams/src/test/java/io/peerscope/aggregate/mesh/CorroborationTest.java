package io.peerscope.aggregate.mesh;

import static io.peerscope.contracts.link.LinkClaim.DOWN;
import static io.peerscope.contracts.link.LinkClaim.UNKNOWN;
import static io.peerscope.contracts.link.LinkClaim.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.peerscope.aggregate.mesh.Corroboration.Finding;
import io.peerscope.aggregate.mesh.Corroboration.Witness;
import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.PresenceState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CorroborationTest {
    private static Witness witness(String peer, String place, LinkClaim says, LinkClaim said) {
        return new Witness(peer, place, says, said, true);
    }

    static Stream<Arguments> cases() {
        Witness euFails = witness("e1", "eu", DOWN, UNKNOWN);
        Witness euFailsToo = witness("e2", "eu", DOWN, UNKNOWN);
        Witness usFails = witness("u1", "us", DOWN, UNKNOWN);
        Witness usReaches = witness("u2", "us", UP, UNKNOWN);
        return Stream.of(
                of("silent, a peer reaches it", false, PresenceState.TELEMETRY_LOST, List.of("u2"), euFails, usReaches),
                of("silent, two places fail", false, PresenceState.DOWN, List.of("e1", "u1"), euFails, usFails),
                of("silent, one place fails", false, PresenceState.SILENT, List.of("e1", "e2"), euFails, euFailsToo),
                of("silent, nobody knows", false, PresenceState.SILENT, List.of()),
                of(
                        "speaks, most fail",
                        true,
                        PresenceState.UNREACHABLE,
                        List.of("e1", "e2", "u1"),
                        euFails,
                        euFailsToo,
                        usFails,
                        usReaches),
                of("speaks, two fail", true, PresenceState.UP, List.of(), euFails, usFails),
                of(
                        "speaks, and accuses everybody",
                        true,
                        PresenceState.SUSPECT,
                        List.of("a", "b", "c"),
                        witness("a", "eu", UP, DOWN),
                        witness("b", "eu", UP, DOWN),
                        witness("c", "us", UP, DOWN)));
    }

    private static Arguments of(
            String what, boolean speaks, PresenceState state, List<String> evidence, Witness... witnesses) {
        return Arguments.of(what, speaks, state, evidence, List.of(witnesses));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theOrderOfWitnessesMakesNoDifference(
            String what, boolean speaks, PresenceState state, List<String> evidence, List<Witness> witnesses) {
        List<Witness> shuffled = new ArrayList<>(witnesses);
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(Corroboration.judge(speaks, false, false, shuffled)).isEqualTo(new Finding(state, evidence));
        }
    }
}
