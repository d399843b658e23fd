package io.peerscope.query.history;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import java.util.List;
import java.util.TreeMap;
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

    static Grouping of(String text) {
        return switch (text) {
            case "", "subject" -> new Each();
            case "none" -> new All();
            default -> new By(List.of(text.split(",")));
        };
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
