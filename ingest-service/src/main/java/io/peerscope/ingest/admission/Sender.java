package io.peerscope.ingest.admission;

import io.peerscope.contracts.point.Grammar;
import io.peerscope.contracts.problem.ErrorCode;

/** For whom a credential may write. */
public sealed interface Sender {
    /** A host's own token: writes only as itself. */
    record OneHost(String host) implements Sender {}

    /** A coordinator of a fleet: writes for any host. */
    record AnyHost() implements Sender {}

    /**
     * The host that data are of.
     *
     * @param named in the data, "" where they name none
     */
    default String host(String named) throws RefusedException {
        String host =
                switch (this) {
                    case OneHost own -> {
                        if (!named.isEmpty() && !named.equals(own.host())) {
                            throw new RefusedException(
                                    ErrorCode.HOST_MISMATCH, "this token writes for another host only");
                        }
                        yield own.host();
                    }
                    case AnyHost any -> named;
                };
        if (host.isEmpty()) {
            throw new RefusedException(ErrorCode.MISSING_FIELD, "host is missing");
        }
        if (!Grammar.isHost(host)) {
            throw new RefusedException(ErrorCode.BAD_NAME, "not a host name: " + Shown.text(host));
        }
        return host;
    }
}
