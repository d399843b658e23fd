package io.peerscope.foundation.log;

import java.util.Locale;

/** What a line of the log is about, so that each kind can be read, kept and shipped by itself. */
public enum LogStream {
    /** The service and the flow of metrics through it. */
    MONITOR,
    /** Alerts beginning and ending, and what became of their messages. */
    ALERT,
    /** Who asked for what over HTTP. */
    ACCESS;

    /** The loggers whose lines are of the stream of alerts. */
    static final String ALERTS = "io.peerscope.alert";

    static final String MESSAGES = "io.peerscope.notify";

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it stands in the field {@code stream}. */
    public String word() {
        return word;
    }

    static LogStream of(String logger) {
        if (logger.equals(AccessLog.LOGGER)) {
            return ACCESS;
        }
        return logger.startsWith(ALERTS + ".") || logger.startsWith(MESSAGES + ".") ? ALERT : MONITOR;
    }
}
