package io.peerscope.ingest.http;

import io.peerscope.ingest.admission.Sender;

/** Port to whoever knows the credentials. Answers at once, from memory. */
@FunctionalInterface
public interface Doorkeeper {
    /** @param token as it stands in the request */
    Access admit(String token);

    /** Whether somebody may write. */
    sealed interface Access {
        record Granted(Sender sender) implements Access {}

        /** A valid credential of one of the people, who may look but never write. */
        record Reader() implements Access {}

        /** No valid credential. */
        record Unknown() implements Access {}

        /** Not all credentials are known yet, so this one may be valid. */
        record NotYetKnown() implements Access {}
    }
}
