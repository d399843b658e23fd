package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.PathClass;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How much of the network does not go directly and, while that is much, by what it goes and what those links have in common.
 * The names stay as they were found when it began, so that one trouble is one alert, unless it grows for another reason.
 */
final class Relaying {
    /** A small network that cannot do otherwise is no trouble. */
    static final int FEWEST_LINKS = 20;

    /** From here on rules are told, so none can ask for less. */
    static final double BEGINS = 0.1;

    static final double ENDS = 0.05;

    /** Links report one after the other; before that, those that happened to speak first would be what they have in common. */
    private static final long SETTLED = 10_000;

    /** Grown by so much since it was named, it is named again. */
    private static final double GROWN = 0.1;

    private static final double MOST = 0.5;
    private static final double COMMON = 0.8;

    /** How much more often than among direct links a label must occur. */
    private static final double LIFT = 0.3;

    private static final String SEVERAL = "several relays";
    private static final String NOTHING = "nothing in common";

    private final Function<String, @Nullable MeshHost> hosts;
    private long muchSince = Long.MIN_VALUE;
    private @Nullable OpenTrouble named;
    private double shareWhenNamed;
    private double share;
    private boolean simulated;

    Relaying(Function<String, @Nullable MeshHost> hosts) {
        this.hosts = hosts;
    }

    void recall(OpenTrouble trouble) {
        named = trouble;
        shareWhenNamed = 1;
    }

    /** Of the links that are up and of which it is known how they go. */
    double share() {
        return share;
    }

    boolean simulated() {
        return simulated;
    }

    /** Null while it is no trouble. */
    @Nullable
    OpenTrouble look(Collection<Link> links, long now) {
        int known = 0;
        int relayed = 0;
        boolean madeUp = false;
        for (Link link : links) {
            if (link.up() && link.path() != PathClass.UNKNOWN) {
                known++;
                relayed += link.relayed() ? 1 : 0;
                madeUp |= link.simulated();
            }
        }
        simulated = madeUp;
        share = known == 0 ? 0 : (double) relayed / known;
        boolean much = known >= FEWEST_LINKS && share >= (named == null ? BEGINS : ENDS);
        muchSince = !much ? Long.MIN_VALUE : muchSince == Long.MIN_VALUE ? now : muchSince;
        if (!much) {
            named = null;
        } else if (named == null ? now - muchSince >= SETTLED : share >= shareWhenNamed + GROWN) {
            named = new OpenTrouble(Conclusions.PATHS, names(links, relayed, known), "");
            shareWhenNamed = share;
        }
        return named;
    }

    private Map<String, String> names(Collection<Link> links, int relayed, int known) {
        Map<String, Integer> relays = new TreeMap<>();
        Map<String, Integer> ofRelayed = new TreeMap<>();
        Map<String, Integer> ofDirect = new HashMap<>();
        for (Link link : links) {
            if (link.up() && link.path() != PathClass.UNKNOWN) {
                Map<String, Integer> counts = link.relayed() ? ofRelayed : ofDirect;
                labels(link).forEach(label -> counts.merge(label, 1, Integer::sum));
                if (link.relayed() && !link.relay().isEmpty()) {
                    relays.merge(link.relay(), 1, Integer::sum);
                }
            }
        }
        String relay = SEVERAL;
        int most = 0;
        for (Map.Entry<String, Integer> each : relays.entrySet()) {
            if (each.getValue() > most && each.getValue() >= MOST * relayed) {
                relay = each.getKey();
                most = each.getValue();
            }
        }
        int direct = known - relayed;
        String common = NOTHING;
        double best = LIFT;
        for (Map.Entry<String, Integer> each : ofRelayed.entrySet()) {
            double among = (double) each.getValue() / relayed;
            double elsewhere = direct == 0 ? 0 : (double) ofDirect.getOrDefault(each.getKey(), 0) / direct;
            if (among >= COMMON && among - elsewhere > best) {
                common = each.getKey();
                best = among - elsewhere;
            }
        }
        return Map.of("relay", relay, "common", common);
    }

    /** Of both ends, each once. */
    private Set<String> labels(Link link) {
        Set<String> labels = new HashSet<>();
        for (String end : new String[] {link.a(), link.b()}) {
            MeshHost host = hosts.apply(end);
            if (host != null) {
                host.labels().forEach((name, value) -> labels.add(name + "=" + value));
            }
        }
        return labels;
    }
}
