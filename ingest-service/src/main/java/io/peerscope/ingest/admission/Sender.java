package io.peerscope.ingest.admission;

/** For whom a credential may write. */
public sealed interface Sender {
    /** A host's own token: writes only as itself. */
    record OneHost(String host) implements Sender {}

    /** A coordinator of a fleet: writes for any host. */
    record AnyHost() implements Sender {}
}
