package io.peerscope.query.materialize;

/** What is stored is not what we left: somebody else stored, or the database was started again, perhaps set back. */
final class Takeover extends Exception {
    private static final long serialVersionUID = 1L;

    Takeover(String what) {
        super(what);
    }
}
