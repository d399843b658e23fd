package io.peerscope.cli.command;

import io.peerscope.cli.api.Server;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where samples are taken, if elsewhere. */
public final class IngestAddress {
    @Option(
            names = "--ingest-url",
            paramLabel = "URL",
            defaultValue = "${env:PEERSCOPE_INGEST_URL}",
            description = "Where ingest-service answers (default: $PEERSCOPE_INGEST_URL, else the same as --url)")
    private @Nullable URI url;

    Server of(Server api) {
        return url == null ? api : api.at(url);
    }
}
