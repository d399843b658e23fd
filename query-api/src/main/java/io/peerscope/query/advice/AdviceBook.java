package io.peerscope.query.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of advice from one look to the next: it is given, goes on, is taken back when there is no more reason for
 * it; and where somebody follows it, what it brought is measured and held against what was said.
 */
public final class AdviceBook {
    /** Without a reason for so long it is taken back; a report may be late. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What cannot be measured so long after is given up. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(10);

    /** What is advised is kept while another remedy is hardly better. */
    private static final double HARDLY_BETTER = 0.8;

    private static final double WORTH_WRITING = 0.5;

    private final Adviser adviser;
    private final Duration settling;
    private final Map<String, Instant> reasonSeen = new HashMap<>();

    /** @param settling how long after it was followed the effect is measured */
    public AdviceBook(Adviser adviser, Duration settling) {
        this.adviser = adviser;
        this.settling = settling;
    }

    /** @param kept to be written, new or changed */
    public record Changes(List<Advice> kept, List<Advice> takenBack) {}

    /** @param live what is open or applied */
    public Changes look(Collection<Advice> live, Picture picture, Instant now) {
        List<Advice> kept = new ArrayList<>();
        List<Advice> takenBack = new ArrayList<>();
        Map<String, Advice> byId = new HashMap<>();
        Map<String, Advice> byMatter = new HashMap<>();
        for (Advice each : adviser.advise(picture, now)) {
            byId.put(each.id(), each);
            byMatter.put(each.matter(), each);
        }
        Set<String> settled = new HashSet<>();
        for (Advice each : live) {
            Optional<Advice> next =
                    switch (each.state()) {
                        case OPEN -> follow(each, byId.get(each.id()), byMatter.get(each.matter()), picture, now);
                        case APPLIED -> judge(each, picture, now);
                        case CONFIRMED, REFUTED -> Optional.of(each);
                    };
            if (next.isEmpty()) {
                takenBack.add(each);
                reasonSeen.remove(each.id());
            } else {
                settled.add(each.matter());
                if (differs(each, next.get())) {
                    kept.add(next.get());
                }
            }
        }
        for (Advice each : byMatter.values()) {
            if (settled.add(each.matter())) {
                kept.add(each);
                reasonSeen.put(each.id(), now);
            }
        }
        reasonSeen.keySet().retainAll(ids(live, kept));
        return new Changes(kept, takenBack);
    }

    private Optional<Advice> follow(
            Advice open, @Nullable Advice again, @Nullable Advice better, Picture picture, Instant now) {
        if (Adviser.isApplied(open, picture)) {
            return Optional.of(open.applied(now));
        }
        if (again != null) {
            reasonSeen.put(open.id(), now);
            return Optional.of(open.renewed(again));
        }
        boolean another = better != null && open.gain() < HARDLY_BETTER * better.gain();
        boolean old =
                now.isAfter(reasonSeen.computeIfAbsent(open.id(), id -> now).plus(PATIENCE));
        return another || old ? Optional.empty() : Optional.of(open);
    }

    private Optional<Advice> judge(Advice applied, Picture picture, Instant now) {
        Instant since = applied.appliedAt() == null ? applied.madeAt() : applied.appliedAt();
        if (now.isBefore(since.plus(settling))) {
            return Optional.of(applied);
        }
        Optional<Advice> judged = Adviser.measured(applied, picture).map(value -> applied.judged(value, now));
        return judged.isPresent() || now.isAfter(since.plus(GIVEN_UP)) ? judged : Optional.of(applied);
    }

    private static boolean differs(Advice before, Advice after) {
        return before.state() != after.state()
                || Math.abs(before.gain() - after.gain()) >= WORTH_WRITING
                || !before.peers().equals(after.peers());
    }

    private static Set<String> ids(Collection<Advice> live, Collection<Advice> kept) {
        Set<String> ids = new HashSet<>();
        live.forEach(each -> ids.add(each.id()));
        kept.forEach(each -> ids.add(each.id()));
        return ids;
    }
}
