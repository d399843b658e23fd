package io.peerscope.query.detect;

import io.peerscope.contracts.detect.Expectation;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes expectations for every rule that detects, once an hour and whenever a rule asks something new. What fails is
 * made at the next turn; what was told twice is the same. Of several instances one makes them; another that takes over
 * makes those of the hour once more.
 */
public final class ExpectationRound {
    /** An hour is read so long after its end: by then its last samples are stored. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Duration HOUR = Duration.ofHours(1);
    /** Of one rule; what is beyond is not judged, and counted. */
    private static final int MOST_SERIES = 10_000;

    private final BooleanSupplier ours;
    private final SeriesPast past;
    private final ExpectationMaker maker;
    private final Consumer<List<Expectation>> to;
    private final Map<String, Done> done = new ConcurrentHashMap<>();

    /**
     * What was made for a rule.
     *
     * @param known series that have an expectation
     * @param beyond series that were passed over, as there are too many
     */
    public record Done(String basis, Instant hour, int known, Map<Made.Why, Integer> withheld, int beyond) {}

    /**
     * @param ours whether it is for this instance to make them; asked again and again, and once it is not, nothing is told
     * @param to takes expectations of hundreds of series at a time; if it throws, the rule is made again
     */
    public ExpectationRound(
            BooleanSupplier ours, SeriesPast past, ExpectationMaker maker, Consumer<List<Expectation>> to) {
        this.ours = ours;
        this.past = past;
        this.maker = maker;
        this.to = to;
    }

    public void run(Collection<Rule> rules, Instant now) {
        if (!ours.getAsBoolean()) {
            done.clear();
            return;
        }
        Instant hour = now.minus(SETTLED).truncatedTo(ChronoUnit.HOURS);
        done.keySet()
                .retainAll(rules.stream().filter(Rule::enabled).map(Rule::id).collect(Collectors.toSet()));
        for (Rule rule : rules) {
            if (!rule.enabled() || !(rule.measure() instanceof Measure.Detect measure)) {
                continue;
            }
            Done before = done.get(rule.id());
            String basis = Expectation.basis(rule);
            Instant madeFor = before != null && before.basis().equals(basis) ? before.hour() : Instant.MIN;
            if (madeFor.equals(Instant.MIN)) {
                make(rule, measure, hour.minus(HOUR)); // holds until those of this hour do
            }
            if (madeFor.isBefore(hour)) {
                make(rule, measure, hour).ifPresent(made -> done.put(rule.id(), made));
            }
        }
    }

    /** By rule. */
    public Map<String, Done> done() {
        return Map.copyOf(done);
    }

    /** Empty where it is another instance's by now. */
    private Optional<Done> make(Rule rule, Measure.Detect measure, Instant hour) {
        List<Subject> all = past.subjects(rule);
        List<Subject> judged = all.subList(0, Math.min(all.size(), MOST_SERIES));
        Map<Made.Why, Integer> withheld = new EnumMap<>(Made.Why.class);
        int known = 0;
        for (List<Subject> part : ExpectationMaker.parts(judged)) {
            List<Expectation> expectations = new ArrayList<>();
            for (Made made : maker.make(rule, measure, part, hour)) {
                switch (made) {
                    case Made.Known expected -> expectations.add(expected.expectation());
                    case Made.Withheld not -> withheld.merge(not.why(), 1, Integer::sum);
                }
            }
            if (!ours.getAsBoolean()) {
                return Optional.empty();
            }
            to.accept(expectations);
            known += expectations.size();
        }
        return Optional.of(new Done(Expectation.basis(rule), hour, known, withheld, all.size() - judged.size()));
    }
}
