package io.peerscope.query.consistency;

/** Where an answer comes from, and so what it may have to wait for. */
public enum Source {
    /** Raw points and roll-ups. */
    STORED,
    /** Hosts and the network's totals as last heard. */
    LIVE,
    /** Open alerts. */
    ALERTS,
    /** What became of alerts. */
    ALERT_HISTORY,
    /** Where samples went. */
    LEDGER,
    /** What hosts told of what happened. */
    EVENTS,
    /** Rules and channels. */
    CONTROL,
    /** Written before it is acknowledged, so never behind. */
    DATABASE
}
