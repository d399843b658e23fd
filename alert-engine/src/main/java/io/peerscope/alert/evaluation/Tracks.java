package io.peerscope.alert.evaluation;

import io.peerscope.alert.rule.RuleIndex;
import io.peerscope.contracts.point.Subject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Every subject that a rule may look at, and those among them with an alert that is not quiet. */
final class Tracks {
    private final RuleIndex rules;
    private final Map<Subject, Track> bySubject = new HashMap<>();
    private final Set<Track> troubled = new LinkedHashSet<>();

    Tracks(RuleIndex rules) {
        this.rules = rules;
    }

    Track of(Subject subject) {
        Track known = bySubject.get(subject);
        if (known == null) {
            known = new Track(subject, rules);
            bySubject.put(subject, known);
        }
        return known;
    }

    void restore(SubjectTimes times) {
        of(times.subject().on(times.host()))
                .restore(times, rules.slots(times.subject().kind()));
    }

    void sort(Track track) {
        if (track.quiet()) {
            troubled.remove(track);
        } else {
            troubled.add(track);
        }
    }

    /** A copy: whoever walks it may change the alerts. */
    List<Track> troubled() {
        return List.copyOf(troubled);
    }

    Collection<Track> all() {
        return bySubject.values();
    }

    /** Takes out the quiet ones that answer to the description. */
    List<Track> forget(Predicate<Track> old) {
        List<Track> gone =
                bySubject.values().stream().filter(Track::quiet).filter(old).toList();
        gone.forEach(track -> bySubject.remove(track.subject()));
        return gone;
    }
}
