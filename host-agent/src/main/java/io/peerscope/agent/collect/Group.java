package io.peerscope.agent.collect;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Metrics that are switched on and off together; what is off is not even measured. */
public enum Group {
    /** Processor cores and the share of them that is busy. */
    CPU,
    /** Load averages. */
    LOAD,
    MEMORY,
    SWAP,
    /** How full the file systems are. */
    DISK,
    /** What is read from disks and written to them. */
    DISK_IO,
    /** What the network interfaces receive and send. */
    NETWORK_IO,
    /** Up time, processes and threads. */
    SYSTEM,
    /** Echo probes to peers. */
    PROBES,
    /** The agent's own queue. */
    AGENT;

    /** The word for it in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Group> of(String word) {
        return Arrays.stream(values())
                .filter(group ->
                        group.word().equals(word.toLowerCase(Locale.ROOT).replace('-', '_')))
                .findFirst();
    }
}
