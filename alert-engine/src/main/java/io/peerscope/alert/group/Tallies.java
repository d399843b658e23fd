package io.peerscope.alert.group;

import io.peerscope.alert.rule.Terms;
import io.peerscope.contracts.point.Point;
import io.peerscope.contracts.rule.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one task counts of its subjects, second by second of event time. A second is counted once it is sure that nothing
 * of it is under way any more. Times are epoch milliseconds. Not thread-safe.
 */
public final class Tallies {
    /**
     * After a rule came, and after counting began, subjects must have time to speak before anything is said of them, or
     * the first ones would be taken for all.
     */
    private static final long SETTLING = 10_000;

    /** More seconds than this are not made up for. */
    private static final long LONGEST_BACKLOG = 3_600_000;

    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final long staleAfter;
    private final Map<String, Counting> byRule = new HashMap<>();
    private long clock = NOT_BEGUN;
    private long settledFrom;

    public Tallies(long staleAfter) {
        this.staleAfter = staleAfter;
    }

    private record Counting(Terms terms, Members members, long from) {}

    /** Where what was counted goes. */
    public interface Reader {
        /** @param tallies of rules whose groups span hosts */
        void counted(long at, List<Tally> tallies);

        /** Of a rule whose groups are on one host each: there is nothing to add. */
        void counted(Terms terms, long at, List<Count> groups);

        /** Subjects that are not counted, as their groups would be too many. */
        void refused(long subjects);
    }

    /** @param terms one for groups, or any other */
    public void restore(Terms terms) {
        put(terms, NOT_BEGUN);
    }

    /**
     * A rule is new, changed, or gone.
     *
     * @param terms null: gone
     */
    public void rule(String ruleId, @Nullable Terms terms, long at) {
        Counting before = byRule.get(ruleId);
        if (terms == null) {
            byRule.remove(ruleId);
        } else if (before != null && sameSubjects(before.terms(), terms)) {
            byRule.put(ruleId, new Counting(terms, before.members(), before.from()));
        } else {
            byRule.remove(ruleId);
            put(terms, at + SETTLING);
        }
    }

    private void put(Terms terms, long from) {
        Measure.Group group = terms.group();
        if (group != null) {
            byRule.put(terms.rule().id(), new Counting(terms, new Members(group, staleAfter), from));
        }
    }

    private static boolean sameSubjects(Terms before, Terms after) {
        return Objects.equals(before.group(), after.group())
                && before.rule().kind().equals(after.rule().kind())
                && before.rule().where().equals(after.rule().where());
    }

    public boolean isEmpty() {
        return byRule.isEmpty();
    }

    /** @param counting rules that count the point's subject */
    public void hear(Terms[] counting, Point point, boolean simulated) {
        for (Terms terms : counting) {
            members(terms).hear(point, simulated, clock);
        }
    }

    /** What an earlier evaluation has counted. */
    public void remember(Terms[] counting, Point point, boolean simulated) {
        for (Terms terms : counting) {
            members(terms).remember(point, simulated);
        }
    }

    private Members members(Terms terms) {
        return Objects.requireNonNull(byRule.get(terms.rule().id())).members();
    }

    /** Points of this time are the next: all seconds before it are over. The first time, counting begins with it. */
    public void reach(long until, Reader to) {
        long last = Math.floorDiv(until, Members.STEP) * Members.STEP;
        if (clock == NOT_BEGUN) {
            clock = last;
            settledFrom = last + SETTLING;
        }
        clock = Math.max(clock, last - LONGEST_BACKLOG);
        while (clock < last) {
            step(to);
        }
    }

    /** The clock says so, as nothing until then is waiting to be read. A second at a time. */
    public void tick(long until, Reader to) {
        if (clock != NOT_BEGUN && clock + Members.STEP <= until) {
            step(to);
        }
    }

    private void step(Reader to) {
        clock += Members.STEP;
        if (byRule.isEmpty()) {
            return;
        }
        List<Tally> tallies = new ArrayList<>();
        for (Counting counting : byRule.values()) {
            Members members = counting.members();
            members.advance(clock);
            to.refused(members.refused());
            if (clock >= Math.max(settledFrom, counting.from())) {
                Terms terms = counting.terms();
                if (Objects.requireNonNull(terms.group()).onOneHost()) {
                    to.counted(terms, clock, members.counts());
                } else {
                    tallies.add(new Tally(terms.rule().id(), terms.rule().version(), members.counts()));
                }
            }
        }
        to.counted(clock, tallies);
    }
}
