package io.peerscope.alert.group;

import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;

/**
 * One group at one second.
 *
 * @param host where the group is; {@link Measure.Group#ANY_HOST} if it spans hosts
 * @param subject kind of its members, and the labels they have in common
 * @param members subjects that said something lately
 * @param met those of them that meet the condition
 * @param simulated those of them that are made up
 */
public record Count(String host, AlertSubject subject, int members, int met, int simulated) {

    Count plus(Count other) {
        return new Count(host, subject, members + other.members, met + other.met, simulated + other.simulated);
    }

    public Subject group() {
        return subject.on(host);
    }

    /** Whether there is nothing real in it. */
    public boolean allSimulated() {
        return simulated == members;
    }

    public double value(Measure.Group measure) {
        return switch (measure.of()) {
            case SHARE -> (double) met / members;
            case COUNT -> met;
        };
    }
}
