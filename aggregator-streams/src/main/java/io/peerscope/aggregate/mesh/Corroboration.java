package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.LinkClaim;
import io.peerscope.contracts.link.PresenceState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a host's silence and the word of its peers mean together. A decision table: who is asked first makes no
 * difference.
 */
final class Corroboration {
    /** Witnesses of one place fail together, for reasons of their own; so they count as one. */
    private static final int INDEPENDENT = 2;

    /** Fewer peers than this make no case against a host that speaks. */
    private static final int SEVERAL = 3;

    private static final double MOST = 0.5;
    private static final double EVERYBODY = 0.8;

    private Corroboration() {}

    /**
     * @param peer the other end of a link
     * @param place its region, or its name where it has none
     * @param says what the peer says of the link to the host
     * @param said what the host says of it
     * @param peerReached whether anybody else reaches the peer
     */
    record Witness(String peer, String place, LinkClaim says, LinkClaim said, boolean peerReached) {}

    /** @param evidence peers on whose word it rests, sorted */
    record Finding(PresenceState state, List<String> evidence) {}

    static Finding judge(boolean speaks, boolean expectedAbsence, boolean saidGoodbye, List<Witness> witnesses) {
        if (speaks) {
            return speaking(witnesses);
        }
        if (saidGoodbye) {
            return new Finding(PresenceState.LEFT, List.of());
        }
        Set<String> reach = peers(witnesses, LinkClaim.UP);
        if (!reach.isEmpty()) {
            return new Finding(PresenceState.TELEMETRY_LOST, List.copyOf(reach));
        }
        if (expectedAbsence) {
            return new Finding(PresenceState.EXPECTED_ABSENCE, List.of());
        }
        Set<String> fail = peers(witnesses, LinkClaim.DOWN);
        long places = witnesses.stream()
                .filter(witness -> witness.says() == LinkClaim.DOWN)
                .map(Witness::place)
                .distinct()
                .count();
        return places >= INDEPENDENT
                ? new Finding(PresenceState.DOWN, List.copyOf(fail))
                : new Finding(PresenceState.SILENT, List.copyOf(fail));
    }

    private static Finding speaking(List<Witness> witnesses) {
        Set<String> fail = peers(witnesses, LinkClaim.DOWN);
        Set<String> reach = peers(witnesses, LinkClaim.UP);
        if (fail.size() >= SEVERAL && fail.size() > MOST * (fail.size() + reach.size())) {
            return new Finding(PresenceState.UNREACHABLE, List.copyOf(fail));
        }
        List<Witness> accused = witnesses.stream()
                .filter(witness -> witness.said() == LinkClaim.DOWN)
                .toList();
        long judged = witnesses.stream()
                .filter(witness -> witness.said() != LinkClaim.UNKNOWN)
                .count();
        long reached = accused.stream().filter(Witness::peerReached).count();
        if (accused.size() >= SEVERAL && accused.size() >= EVERYBODY * judged && reached > MOST * accused.size()) {
            return new Finding(
                    PresenceState.SUSPECT,
                    accused.stream().map(Witness::peer).sorted().toList());
        }
        return new Finding(PresenceState.UP, List.of());
    }

    private static Set<String> peers(List<Witness> witnesses, LinkClaim claim) {
        return witnesses.stream()
                .filter(witness -> witness.says() == claim)
                .map(Witness::peer)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
