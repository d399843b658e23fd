package io.peerscope.agent.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be set, with its default; nothing where there is none. */
enum Key {
    URL("url", "", "the server, such as https://peerscope.example:8080"),
    TOKEN_FILE("token-file", "", "holds the token of this host"),
    HOST("host", "", "what this host is called; its host name"),
    INTERVAL("interval", "5", "seconds between two reports, from 1 to 3600"),
    LABELS("labels", "", "told with every report, such as region=eu,rack=7"),
    DATA_DIR("data-dir", "", "folder that keeps reports while the server is away; without one: memory"),
    BUFFER_MAX_MIB("buffer.max-mib", "128", "how much of the disk that takes, from 1 to 1024; then the oldest go"),
    GROUPS_INCLUDE(
            "groups.include",
            "",
            "what is measured: cpu, load, memory, swap, disk, disk_io, network_io, " + "system, probes, agent; all"),
    GROUPS_EXCLUDE("groups.exclude", "", "what is not"),
    FIELDS_INCLUDE("fields.include", "", "single fields that are told, by name; * and ? stand for letters; all"),
    FIELDS_EXCLUDE("fields.exclude", "", "single fields that are not"),
    MOUNTS_INCLUDE("disk.mounts.include", "", "file systems that count, by mount point; all that can be written"),
    MOUNTS_EXCLUDE("disk.mounts.exclude", "", "file systems that do not"),
    DISKS_INCLUDE("disk-io.devices.include", "", "block devices that count; all but logical ones"),
    DISKS_EXCLUDE("disk-io.devices.exclude", "", "block devices that do not"),
    INTERFACES_INCLUDE("network-io.interfaces.include", "", "network interfaces that count; all but virtual ones"),
    INTERFACES_EXCLUDE("network-io.interfaces.exclude", "", "network interfaces that do not"),
    PROBES_PEERS("probes.peers", "", "whom to probe, such as h2=10.0.0.2:8090,h3=vps.example:8090/relay"),
    PROBES_PEERS_FILE("probes.peers-file", "", "more of them, one a line; read anew twice a minute"),
    PROBES_INTERVAL_MS("probes.interval-ms", "1000", "between two probes of one peer, from 100 to 60000"),
    PROBES_WINDOW("probes.window", "60", "over how many probes loss is counted, from 5 to 3600"),
    PROBES_TIMEOUT_MS("probes.timeout-ms", "2000", "when a probe counts as lost, from 100 to 60000"),
    PROBES_LISTEN("probes.listen", "", "answer the probes of others here, such as 8090 or 10.0.0.1:8090; off"),
    PROBES_ANSWERS_PER_SECOND("probes.answers-per-second", "20", "to one address, from 1 to 10000"),
    PROBES_SECRET_FILE("probes.secret-file", "", "only probes signed with what it holds are answered and believed");

    private final String property;
    private final String preset;
    private final String meaning;

    Key(String property, String preset, String meaning) {
        this.property = property;
        this.preset = preset;
        this.meaning = meaning;
    }

    /** In a properties file. */
    String property() {
        return property;
    }

    /** On the command line. */
    String flag() {
        return "--" + property.replace('.', '-');
    }

    /** In the environment. */
    String variable() {
        return "PEERSCOPE_"
                + property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    String preset() {
        return preset;
    }

    String meaning() {
        return meaning;
    }

    static Optional<Key> ofProperty(String property) {
        return Arrays.stream(values())
                .filter(key -> key.property.equals(property))
                .findFirst();
    }

    static Optional<Key> ofFlag(String flag) {
        return Arrays.stream(values()).filter(key -> key.flag().equals(flag)).findFirst();
    }
}
