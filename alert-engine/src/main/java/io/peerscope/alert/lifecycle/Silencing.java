package io.peerscope.alert.lifecycle;

import io.peerscope.contracts.alert.Alert;
import java.util.Optional;

/** Which alerts nobody is to be told of for a while. It is noted on the alert; how its life goes does not depend on it. */
@FunctionalInterface
public interface Silencing {
    Silencing NONE = (alert, now) -> Optional.empty();

    /** @return id of a silence that covers the alert now */
    Optional<String> of(Alert alert, long now);
}
