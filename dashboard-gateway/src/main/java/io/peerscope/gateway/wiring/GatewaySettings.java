package io.peerscope.gateway.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code peerscope.gateway.*}. */
@ConfigMapping(prefix = "peerscope.gateway")
public interface GatewaySettings {

    /** Where query-api is; empty where it answers in this very process. */
    Optional<URI> queryApiUrl();

    /** Origins beside our own whose pages may open {@code /monitor}. */
    Optional<List<String>> allowedOrigins();

    /** Live connections at once; each costs some 100 KB at worst. */
    @WithDefault("5000")
    int maxConnections();

    /** Alert transitions that a client which was away can catch up on. */
    @WithDefault("10000")
    int resumableAlerts();
}
