package io.peerscope.contracts.point;

import java.util.Set;

/**
 * Who or what is measured: a host, or something seen by that host (a link to a peer, a map, a stream …).
 *
 * @param kind {@code host}, {@code connection}, {@code map}, {@code stream}, {@code session}, {@code protocol},
 *     {@code resource} or any other word
 */
public record Subject(String host, String kind, Labels labels) implements Comparable<Subject> {
    public static final String HOST = "host";
    public static final String CONNECTION = "connection";
    public static final String MAP = "map";
    public static final String STREAM = "stream";
    public static final String SESSION = "session";
    public static final String RESOURCE = "resource";
    public static final String PROTOCOL = "protocol";
    /** A link as both of its ends make it, of the end whose name sorts first; concluded. */
    public static final String LINK = "link";
    /** What becomes of a host's links together; concluded. */
    public static final String PEERS = "peers";
    /** Kinds that are concluded of links and rolled up, of which nobody sent a sample. */
    public static final Set<String> ROLLED_UP_WITHOUT_SAMPLES = Set.of(LINK, PEERS);
    /** What guards of a host found; hosts send it, and it is made of their events. */
    public static final String SECURITY = "security";

    /** How wrong a host's clock is; concluded. */
    public static final String CLOCK = "clock";

    /** Text that differs for different subjects; used in keys of stores and topics. */
    public String canonical() {
        StringBuilder text = new StringBuilder();
        Labels.escape(host, text);
        text.append('|');
        Labels.escape(kind, text);
        text.append('|');
        return text.append(labels.canonical()).toString();
    }

    /** By host, kind, labels. Keeps hash tables quick also where a stranger makes hash codes collide. */
    @Override
    public int compareTo(Subject other) {
        int byHost = host.compareTo(other.host);
        int byKind = byHost != 0 ? byHost : kind.compareTo(other.kind);
        return byKind != 0 ? byKind : labels.compareTo(other.labels);
    }
}
