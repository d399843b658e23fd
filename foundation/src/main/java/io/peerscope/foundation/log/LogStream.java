package io.peerscope.foundation.log;

/** What a line of the log is about, so that each kind can be read, kept and shipped by itself. */
public enum LogStream {
    /** The service and the flow of metrics through it. */
    MONITOR,
    /** Alerts beginning and ending, and what became of their messages. */
    ALERT,
    /** Who asked for what over HTTP. */
    ACCESS;

    private final String word = name().toLowerCase(java.util.Locale.ROOT);

    /** As it stands in the field {@code stream}. */
    public String word() {
        return word;
    }

    static LogStream of(String logger) {
        if (logger.equals(AccessLog.LOGGER)) {
            return ACCESS;
        }
        return logger.startsWith("io.peerscope.alert.") || logger.startsWith("io.peerscope.notify.") ? ALERT : MONITOR;
    }
}
