package io.peerscope.query.materialize;

/** The stored position is not where we left it: somebody else stored, or the database was set back. */
final class Takeover extends Exception {
    private static final long serialVersionUID = 1L;

    Takeover(String topic) {
        super("the stored position of " + topic + " has changed");
    }
}
