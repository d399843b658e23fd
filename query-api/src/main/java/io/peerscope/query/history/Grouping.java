package io.peerscope.query.history;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which subjects make one series together. */
public sealed interface Grouping {
    /** Each subject by itself. */
    record Each() implements Grouping {}

    /** All that was asked for. */
    record All() implements Grouping {}

    /** Those that agree in these; {@code host} and {@code kind} count as labels. */
    record By(List<String> names) implements Grouping {}

    /** What the members of a series have in common. */
    record Key(@Nullable String host, @Nullable String kind, Labels labels) {}

    /** @throws IllegalArgumentException where {@code none} or {@code subject} stands with others, or a name cannot be */
    static Grouping of(List<String> names) {
        if (names.isEmpty() || names.equals(List.of("subject"))) {
            return new Each();
        }
        if (names.equals(List.of("none"))) {
            return new All();
        }
        if (names.contains("none")
                || names.contains("subject")
                || !names.stream().allMatch(Grammar::isForeignName)) {
            throw new IllegalArgumentException("cannot be grouped by " + names);
        }
        return new By(List.copyOf(names));
    }

    /** @throws UnknownWordException where none of the subjects has what they are to be grouped by */
    default void check(Collection<Subject> subjects) {
        if (!(this instanceof By(List<String> names)) || subjects.isEmpty()) {
            return;
        }
        TreeSet<String> known = new TreeSet<>(List.of("none", "subject", "host", "kind"));
        subjects.forEach(subject -> known.addAll(subject.labels().asMap().keySet()));
        if (!known.containsAll(names)) {
            throw new UnknownWordException("group_by", List.copyOf(known));
        }
    }

    default Key key(Subject subject) {
        return switch (this) {
            case Each each -> new Key(subject.host(), subject.kind(), subject.labels());
            case All all -> new Key(null, null, Labels.none());
            case By by -> common(by.names(), subject);
        };
    }

    private static Key common(List<String> names, Subject subject) {
        TreeMap<String, String> labels = new TreeMap<>();
        for (String name : names) {
            if (!name.equals("host") && !name.equals("kind")) {
                labels.put(name, subject.labels().get(name));
            }
        }
        return new Key(
                names.contains("host") ? subject.host() : null,
                names.contains("kind") ? subject.kind() : null,
                Labels.of(labels));
    }
}
