package io.peerscope.agent.config;

import io.peerscope.agent.collect.Group;
import io.peerscope.agent.collect.NameFilter;
import io.peerscope.agent.collect.Selection;
import io.peerscope.agent.probe.Peer;
import io.peerscope.agent.probe.ProbeTiming;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes sense of the texts; every complaint names the key and what was there. */
final class ConfigReading {
    private static final String HOST_NAME = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}";

    private final Map<Key, String> values;

    ConfigReading(Map<Key, String> values) {
        this.values = values;
    }

    AgentConfig config(Supplier<String> hostName) {
        return new AgentConfig(
                server(),
                Path.of(required(Key.TOKEN_FILE)),
                host(hostName),
                Duration.ofSeconds(number(Key.INTERVAL, 1, 3600)),
                labels(),
                path(Key.DATA_DIR),
                (long) number(Key.BUFFER_MAX_MIB, 1, 1024) << 20,
                selection(),
                probes());
    }

    private String text(Key key) {
        return values.getOrDefault(key, key.preset()).strip();
    }

    private String required(Key key) {
        String text = text(key);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("%s is missing: %s; give %s, %s, or %s in a file named by --config"
                    .formatted(key.property(), key.meaning(), key.flag(), key.variable(), key.property()));
        }
        return text;
    }

    private static IllegalArgumentException wrong(Key key, String must, String was) {
        return new IllegalArgumentException("%s must be %s, was %s".formatted(key.property(), must, was));
    }

    private URI server() {
        String text = required(Key.URL);
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    wrong(Key.URL, "like http://host:port", text).getMessage(), e);
        }
        throw wrong(Key.URL, "like http://host:port", text);
    }

    private String host(Supplier<String> hostName) {
        String host = text(Key.HOST);
        if (host.isEmpty()) {
            return hostName.get();
        }
        if (!host.matches(HOST_NAME)) {
            throw wrong(Key.HOST, "up to 128 letters, digits and . _ : - with a letter or digit in front", host);
        }
        return host;
    }

    private int number(Key key, int least, int most) {
        String text = text(key);
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw wrong(key, "a whole number from %d to %d".formatted(least, most), text);
        }
        return number;
    }

    private List<String> list(Key key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private Optional<Path> path(Key key) {
        return Optional.of(text(key)).filter(text -> !text.isEmpty()).map(Path::of);
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String pair : list(Key.LABELS)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw wrong(Key.LABELS, "like name=value,name=value", pair);
            }
            labels.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return Map.copyOf(labels);
    }

    private Selection selection() {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        groups.addAll(list(Key.GROUPS_INCLUDE).isEmpty() ? List.of(Group.values()) : groups(Key.GROUPS_INCLUDE));
        groups.removeAll(groups(Key.GROUPS_EXCLUDE));
        return new Selection(
                Set.copyOf(groups),
                filter(Key.MOUNTS_INCLUDE, Key.MOUNTS_EXCLUDE),
                filter(Key.DISKS_INCLUDE, Key.DISKS_EXCLUDE),
                filter(Key.INTERFACES_INCLUDE, Key.INTERFACES_EXCLUDE),
                filter(Key.FIELDS_INCLUDE, Key.FIELDS_EXCLUDE));
    }

    private List<Group> groups(Key key) {
        return list(key).stream()
                .map(word -> Group.of(word).orElseThrow(() -> wrong(key, "some of " + groupWords(), word)))
                .toList();
    }

    private static String groupWords() {
        return Arrays.stream(Group.values()).map(Group::word).collect(Collectors.joining(", "));
    }

    private NameFilter filter(Key include, Key exclude) {
        return new NameFilter(list(include), list(exclude));
    }

    private ProbeConfig probes() {
        return new ProbeConfig(
                list(Key.PROBES_PEERS).stream().map(ConfigReading::peer).toList(),
                path(Key.PROBES_PEERS_FILE),
                new ProbeTiming(
                        Duration.ofMillis(number(Key.PROBES_INTERVAL_MS, 100, 60_000)),
                        number(Key.PROBES_WINDOW, 5, 3600),
                        Duration.ofMillis(number(Key.PROBES_TIMEOUT_MS, 100, 60_000))),
                listen(),
                number(Key.PROBES_ANSWERS_PER_SECOND, 1, 10_000),
                path(Key.PROBES_SECRET_FILE));
    }

    private static Peer peer(String text) {
        try {
            return Peer.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Key.PROBES_PEERS.property() + ": " + e.getMessage(), e);
        }
    }

    private Optional<InetSocketAddress> listen() {
        String text = text(Key.PROBES_LISTEN);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        String address = colon < 0 ? "" : text.substring(0, colon).replaceAll("[\\[\\]]", "");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw wrong(Key.PROBES_LISTEN, "a port, or address:port", text);
        }
        InetSocketAddress socket = address.isEmpty()
                ? new InetSocketAddress(Integer.parseInt(port))
                : new InetSocketAddress(address, Integer.parseInt(port));
        if (socket.isUnresolved()) {
            throw wrong(Key.PROBES_LISTEN, "a port, or address:port of this machine", text);
        }
        return Optional.of(socket);
    }
}
