package io.peerscope.simulator.world;

import io.peerscope.simulator.world.Incident.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is wrong at one instant. */
record Conditions(List<Incident> round, Duration elapsed) {

    /** From 0, all is well, to 1. */
    double strength(Kind kind, int target) {
        double strongest = 0;
        for (Incident incident : round) {
            if (incident.kind() == kind && incident.target() == target) {
                strongest = Math.max(strongest, incident.strength(elapsed));
            }
        }
        return strongest;
    }

    boolean present(Kind kind, int target) {
        return since(kind, target).isPresent();
    }

    /** Whom it strikes; empty where there is none of that kind now. */
    Optional<Integer> target(Kind kind) {
        return round.stream()
                .filter(incident -> incident.kind() == kind && incident.covers(elapsed))
                .map(Incident::target)
                .findFirst();
    }

    /** For how long it has been so; empty where it is not. */
    Optional<Duration> since(Kind kind, int target) {
        return round.stream()
                .filter(incident -> incident.kind() == kind && incident.target() == target)
                .filter(incident -> incident.covers(elapsed))
                .map(incident -> elapsed.minus(incident.from()))
                .findFirst();
    }
}
