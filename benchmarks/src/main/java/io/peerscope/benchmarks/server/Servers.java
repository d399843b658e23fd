package io.peerscope.benchmarks.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Starts servers.
 *
 * @param javaOptions of our ingest process
 */
public record Servers(Programs programs, List<String> javaOptions) {

    /** What is missing for it; empty where nothing is. */
    public Optional<String> missing(Product product) {
        return product == Product.PEERSCOPE || programs.find(product).isPresent()
                ? Optional.empty()
                : Optional.of(product.remedy());
    }

    /** As it says itself; empty where it says nothing, or for ourselves. */
    public String version(Product product) {
        return product == Product.PEERSCOPE
                ? ""
                : programs.find(product)
                        .map(file -> Programs.version(file, product))
                        .orElse("");
    }

    /** @param data an empty folder, or none yet */
    public Server start(Product product, Path data) {
        return product == Product.PEERSCOPE
                ? Peerscope.start(data, javaOptions)
                : Peer.start(product, programs.find(product).orElseThrow(), data);
    }
}
