package io.peerscope.ingest.http;

import io.peerscope.ingest.admission.Sender;
import java.time.Instant;

/** Port to whoever knows the credentials. Answers at once, from memory. */
@FunctionalInterface
public interface Doorkeeper {
    /** @param token as it stands in the request */
    Access admit(String token);

    /** Whether somebody may write. */
    sealed interface Access {
        /** @param account whose quota it is */
        record Granted(Sender sender, String account) implements Access {
            public Granted(Sender sender) {
                this(
                        sender,
                        switch (sender) {
                            case Sender.OneHost own -> own.host();
                            case Sender.AnyHost any -> "";
                        });
            }
        }

        /** A valid credential of one of the people, who may look but never write. */
        record Reader() implements Access {}

        /** No valid credential. */
        record Unknown() implements Access {}

        /** A token that was right until then: whoever has it may know why it is refused. */
        record Expired(Instant at) implements Access {
            public String advice() {
                return "this token expired at " + at
                        + "; an administrator makes another one: `peerscope token rotate HOST`, or"
                        + " POST /api/v1/hosts/{host}/tokens";
            }
        }

        /** Not all credentials are known yet, so this one may be valid. */
        record NotYetKnown() implements Access {}
    }
}
