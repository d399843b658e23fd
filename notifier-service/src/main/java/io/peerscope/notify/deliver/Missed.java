package io.peerscope.notify.deliver;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says which recipients of a message were refused: by their places, since those who read it may not know whom it goes to. */
public final class Missed {
    private Missed() {}

    /** Empty where all of them were reached. */
    public static Optional<String> of(List<String> recipients, Collection<String> reached) {
        List<String> places = IntStream.range(0, recipients.size())
                .filter(i -> !reached.contains(recipients.get(i)))
                .mapToObj(i -> String.valueOf(i + 1))
                .toList();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of("%d of %d recipients were not accepted, in the channel's list: number %s"
                        .formatted(places.size(), recipients.size(), String.join(", ", places)));
    }
}
