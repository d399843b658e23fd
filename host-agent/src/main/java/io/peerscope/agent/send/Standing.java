package io.peerscope.agent.send;

/** How we stand with the server. Told to whoever keeps the log, when it changes. */
public enum Standing {
    /** Nothing sent yet. */
    NEW,
    /** Reports are taken. */
    TAKEN,
    /** The server is not there, or has too much to do. */
    AWAY,
    /** It does not accept our token. */
    DENIED,
    /** It is there, but refuses what we send. */
    REFUSED,
    /** We make a mistake of our own before it gets there. */
    FAULTY;

    /** Hears of a change of standing. */
    @FunctionalInterface
    public interface Listener {
        /** @param detail what the server said, "" where there is nothing to say */
        void changed(Standing before, Standing now, String detail);
    }
}
