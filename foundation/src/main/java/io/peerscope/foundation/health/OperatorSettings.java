package io.peerscope.foundation.health;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code peerscope.operator.*}, the same for every service. */
@ConfigMapping(prefix = "peerscope.operator")
public interface OperatorSettings {
    /** Where health and metrics are to be had, and nowhere else; without it they are on the service's own port. */
    OptionalInt port();

    /** The address to listen on; without it that of the service's own port. */
    Optional<String> host();
}
