package io.peerscope.contracts.rule;

import java.util.List;

/** What makes one subject of a group count. */
public sealed interface Condition {
    /** The field, state or label that it looks at. */
    String of();

    /** The newest value of a field, held against a limit. */
    record Number(String of, Comparison comparison, double limit) implements Condition {
        public boolean holds(double value) {
            return comparison.holds(value, limit);
        }
    }

    /** The newest word of a state is one of these. */
    record Word(String of, List<String> words) implements Condition {}

    /**
     * A label is one of these. Subjects that differ in nothing but this label are one member, which is where its newest
     * point says: so a link that goes from {@code path=direct} to {@code path=relay} stays one link.
     */
    record Label(String of, List<String> words) implements Condition {}
}
