package io.peerscope.alert.rule;

import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The enabled rules of one task, found by the subject they judge. Not thread-safe. */
public final class RuleIndex {
    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final Map<String, Terms> byId = new LinkedHashMap<>();
    private final Map<String, Slots> slots = new HashMap<>();
    private final Map<List<List<Terms>>, RuleSet> sets = new HashMap<>();
    private Set<String> kinds = Set.of();
    private List<Terms> groups = List.of();
    private long generation;

    public void put(Terms terms) {
        byId.put(terms.rule().id(), terms);
        changed();
    }

    public void remove(String ruleId) {
        if (byId.remove(ruleId) != null) {
            changed();
        }
    }

    public Optional<Terms> find(String ruleId) {
        return Optional.ofNullable(byId.get(ruleId));
    }

    /** Whether any rule looks at subjects of this kind. */
    public boolean watches(String kind) {
        return kinds.contains(kind);
    }

    /** Changes whenever an earlier answer of {@link #covering} may no longer hold. */
    public long generation() {
        return generation;
    }

    /** Looks at every rule; callers keep the answer until the generation changes. */
    public RuleSet covering(Subject subject) {
        List<Terms> covering =
                byId.values().stream().filter(terms -> terms.covers(subject)).toList();
        List<Terms> counting = groups().stream()
                .filter(terms -> terms.takes(subject) && !subject.host().equals(Measure.Group.ANY_HOST))
                .toList();
        return sets.computeIfAbsent(
                List.of(covering, counting),
                key -> new RuleSet(covering, counting, slots(subject.kind()), CATALOGUE::type));
    }

    /** Those that judge many subjects at once. */
    public List<Terms> groups() {
        return groups;
    }

    public Slots slots(String kind) {
        return slots.computeIfAbsent(kind, k -> new Slots());
    }

    /** Whether some rule raises an alert when a subject falls silent. */
    public boolean watchesSilence() {
        return byId.values().stream().anyMatch(Terms::watchesSilence);
    }

    /** How far back any rule looks, milliseconds. */
    public long longestSpan() {
        return byId.values().stream().mapToLong(Terms::over).max().orElse(0);
    }

    private void changed() {
        sets.clear();
        groups = byId.values().stream().filter(terms -> terms.group() != null).toList();
        kinds = byId.values().stream().map(terms -> terms.rule().kind()).collect(Collectors.toUnmodifiableSet());
        generation++;
    }
}
