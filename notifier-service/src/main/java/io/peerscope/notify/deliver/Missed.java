package io.peerscope.notify.deliver;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says which recipients of a message were refused: by their places, since those who read it may not know whom it goes to. */
public final class Missed {
    private Missed() {}

    public static Optional<String> of(List<String> recipients, Collection<String> missed) {
        String places = IntStream.range(0, recipients.size())
                .filter(i -> missed.contains(recipients.get(i)))
                .mapToObj(i -> String.valueOf(i + 1))
                .collect(Collectors.joining(", "));
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of("%d of %d recipients were not accepted, in the channel's list: number %s"
                        .formatted(missed.size(), recipients.size(), places));
    }
}
