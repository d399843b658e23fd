package io.peerscope.embedded;

import java.io.IOException;

/** Why TimescaleDB cannot be had on this host; the message is a half-sentence for a person. */
final class TimescaleUnavailable extends IOException {
    private static final long serialVersionUID = 1L;

    TimescaleUnavailable(String message) {
        super(message);
    }
}
