package io.peerscope.agent.config;

import io.peerscope.agent.collect.Selection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent does, all of it checked.
 *
 * @param labels of this host
 * @param dataDir where reports wait for the server; in memory where empty
 */
public record AgentConfig(
        URI server,
        Path tokenFile,
        String host,
        Duration interval,
        Map<String, String> labels,
        Optional<Path> dataDir,
        long bufferBytes,
        Selection selection,
        ProbeConfig probes) {}
