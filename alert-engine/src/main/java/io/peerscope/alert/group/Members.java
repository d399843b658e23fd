package io.peerscope.alert.group;

import io.peerscope.alert.lifecycle.Sample;
import io.peerscope.contracts.alert.AlertSubject;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The subjects of one task that a rule counts, and the counts, kept as points come and time passes: a second costs as much
 * as happened in it. Times are event times, epoch milliseconds.
 */
final class Members {
    static final long STEP = 1_000;

    /** Alerts by the thousand help nobody, and a label with a new value a second must not fill the heap. */
    private static final int MOST_GROUPS = 1_000;

    private static final long BEFORE = Long.MIN_VALUE;

    private final Measure.Group measure;
    private final long staleAfter;
    private final Map<Subject, Member> members = new HashMap<>();
    private final Map<Subject, Member.Sum> sums = new HashMap<>();
    /** What was heard, by the first second that includes it. */
    private final TreeMap<Long, List<Heard>> ahead = new TreeMap<>();
    /** Whose silence may be long enough, by the second at which to look. */
    private final TreeMap<Long, List<Member>> leaving = new TreeMap<>();

    private long refused;

    Members(Measure.Group measure, long staleAfter) {
        this.measure = measure;
        this.staleAfter = staleAfter;
    }

    private record Heard(Subject subject, long at, Saying saying, boolean simulated) {}

    /** @param clock the last second that was counted */
    void hear(Point point, boolean simulated, long clock) {
        Saying saying = Saying.of(measure.when(), point);
        if (saying == Saying.NOTHING) {
            return;
        }
        Subject subject = Saying.member(measure.when(), point.subject());
        Heard heard = new Heard(subject, point.timestamp(), saying, simulated);
        if (heard.at() <= clock) {
            take(heard, clock);
        } else {
            long second = Math.ceilDiv(heard.at(), STEP) * STEP;
            ahead.computeIfAbsent(second, s -> new ArrayList<>()).add(heard);
        }
    }

    /** Before the first second is counted. In order of time. */
    void remember(Point point, boolean simulated) {
        Saying saying = Saying.of(measure.when(), point);
        if (saying != Saying.NOTHING) {
            Subject subject = Saying.member(measure.when(), point.subject());
            take(new Heard(subject, point.timestamp(), saying, simulated), BEFORE);
        }
    }

    /** Counts up to this second, and all before it that were not counted. */
    void advance(long clock) {
        while (!ahead.isEmpty() && ahead.firstKey() <= clock) {
            ahead.pollFirstEntry().getValue().forEach(heard -> take(heard, clock));
        }
        while (!leaving.isEmpty() && leaving.firstKey() <= clock) {
            leaving.pollFirstEntry().getValue().forEach(member -> look(member, clock));
        }
    }

    List<Count> counts() {
        List<Count> counts = new ArrayList<>(sums.size());
        for (Member.Sum sum : sums.values()) {
            counts.add(new Count(sum.group.host(), AlertSubject.of(sum.group), sum.members, sum.met, sum.simulated));
        }
        return counts;
    }

    /** Subjects of groups that would have been too many, since this was last asked. */
    long refused() {
        long since = refused;
        refused = 0;
        return since;
    }

    private void take(Heard heard, long clock) {
        Member known = members.get(heard.subject());
        if (known != null && heard.at() <= known.at) {
            return;
        }
        if (heard.saying() == Saying.ENDED) {
            remove(known);
            return;
        }
        long until = heard.at() + Sample.holdsFor(heard.at(), known == null ? Sample.NEVER : known.at, staleAfter);
        Member member = until < clock ? known : known == null ? join(heard.subject()) : known;
        if (member != null) {
            member.at = heard.at();
            member.until = until;
            member.say(heard.saying() == Saying.MET, heard.simulated());
            watch(member);
        }
    }

    private @Nullable Member join(Subject subject) {
        Subject group = groupOf(subject);
        Member.Sum sum = sums.get(group);
        if (sum == null) {
            if (sums.size() >= MOST_GROUPS) {
                refused++;
                return null;
            }
            sum = new Member.Sum(group);
            sums.put(group, sum);
        }
        Member member = new Member(subject, sum);
        members.put(subject, member);
        member.join();
        return member;
    }

    private Subject groupOf(Subject subject) {
        Map<String, String> labels = new TreeMap<>();
        for (String label : measure.by()) {
            labels.put(label, subject.labels().get(label));
        }
        labels.remove("host");
        String host = measure.onOneHost() ? subject.host() : Measure.Group.ANY_HOST;
        return new Subject(host, subject.kind(), Labels.of(labels));
    }

    private void watch(Member member) {
        if (member.watch()) {
            long second = (Math.floorDiv(member.until, STEP) + 1) * STEP;
            leaving.computeIfAbsent(second, s -> new ArrayList<>()).add(member);
        }
    }

    private void look(Member member, long clock) {
        member.unwatch();
        if (members.get(member.subject) == member) {
            if (member.until < clock) {
                remove(member);
            } else {
                watch(member);
            }
        }
    }

    private void remove(@Nullable Member member) {
        if (member != null) {
            members.remove(member.subject);
            member.leave();
            if (member.sum.members == 0) {
                sums.remove(member.sum.group);
            }
        }
    }
}
