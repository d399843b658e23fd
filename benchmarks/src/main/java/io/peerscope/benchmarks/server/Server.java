package io.peerscope.benchmarks.server;

import io.peerscope.benchmarks.body.Fleet;
import io.peerscope.benchmarks.measure.Watched;
import java.net.URI;
import java.util.List;

/** One that runs, on 127.0.0.1. */
public sealed interface Server extends AutoCloseable permits Peerscope, Peer {
    URI address();

    /** All processes it consists of. */
    List<Watched> programs();

    /** Where it takes this format: path and query. */
    String path(Format format);

    /** A header of HTTP that lets the sender in; empty where nobody asks. */
    String authorization();

    /** How many samples of a fleet it can be asked for now. */
    long samples(Fleet fleet);

    /** First line and headers of a request, without the length. */
    default String headers(Format format) {
        String headers = "POST %s HTTP/1.1\nHost: %s\n%s"
                .formatted(path(format), address().getAuthority(), format.headers());
        String whole = authorization().isEmpty() ? headers : headers + "\n" + authorization();
        return whole.replace("\n", "\r\n");
    }

    @Override
    void close();
}
