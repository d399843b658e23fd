package io.peerscope.query.store;

/** Somebody changed the settings since they were read. */
public final class SettingsChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
