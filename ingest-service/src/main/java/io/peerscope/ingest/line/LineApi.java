package io.peerscope.ingest.line;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The two versions of the address at which line protocol is spoken. The lines are the same. */
public enum LineApi {
    V1("/write", List.of(Precision.values())),
    V2("/api/v2/write", Arrays.asList(Precision.values()).subList(0, 4));

    private final String path;
    private final List<Precision> precisions;

    LineApi(String path, List<Precision> precisions) {
        this.path = path;
        this.precisions = precisions;
    }

    public String path() {
        return path;
    }

    /** In which units timestamps may be. */
    List<Precision> precisions() {
        return precisions;
    }

    /** The unit of this name; version 2 takes only the first name of each. */
    Optional<Precision> precision(String word) {
        return precisions.stream()
                .filter(unit -> this == V1
                        ? unit.words().contains(word)
                        : unit.words().getFirst().equals(word))
                .findFirst();
    }

    String precisionWords() {
        return precisions.stream()
                .map(unit -> this == V1
                        ? String.join(
                                ", ",
                                unit.words().subList(0, Math.min(3, unit.words().size())))
                        : unit.words().getFirst())
                .collect(Collectors.joining(", "));
    }
}
