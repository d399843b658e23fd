package io.peerscope.notify.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code peerscope.notify.*}. */
@ConfigMapping(prefix = "peerscope.notify")
public interface NotifierSettings {
    /** Whether messages may go to loopback and private addresses. */
    @WithDefault("false")
    boolean privateTargets();
}
