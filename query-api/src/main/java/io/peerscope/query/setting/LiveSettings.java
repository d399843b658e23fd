package io.peerscope.query.setting;

import io.peerscope.contracts.setting.Settings;

/** The settings as they are now, for whoever goes by them. Thread-safe; what the database holds is taken over by turns. */
public final class LiveSettings {
    private final Settings configured;
    private volatile SettingsState state = SettingsState.UNCHANGED;

    public LiveSettings(Settings configured) {
        this.configured = configured;
    }

    public Settings configured() {
        return configured;
    }

    public SettingsState state() {
        return state;
    }

    public Settings now() {
        return state.on(configured);
    }

    /** An older one than is known changes nothing. */
    public synchronized void take(SettingsState newer) {
        if (newer.version() > state.version()) {
            state = newer;
        }
    }
}
