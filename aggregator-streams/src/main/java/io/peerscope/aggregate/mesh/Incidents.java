package io.peerscope.aggregate.mesh;

import io.peerscope.contracts.link.IncidentLive;
import io.peerscope.contracts.link.IncidentLive.Child;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What links that go bad within a short time have in common: a host, a relay or a region that most links of are gone. Its
 * children are the hosts that lost links through it. Nobody configures who depends on whom.
 */
final class Incidents {
    /** What goes bad within this time may be one thing. */
    private static final long TOGETHER = 20_000;

    private static final int FEWEST_LINKS = 3;
    private static final double MOST = 0.8;

    /** It is over when so little of it is left ... */
    private static final double REMAINDER = 0.5;

    /** ... for so long that the rest had time to come back, too. */
    private static final long SETTLED = 10_000;

    private static final long KEPT = 7 * 24 * 3_600_000L;
    private static final int MOST_KEPT = 1000;

    private final Map<String, Bad> bad = new LinkedHashMap<>();
    private final Map<String, Incident> all = new LinkedHashMap<>();
    private boolean fresh;

    private record Bad(Link link, long at) {}

    /** What may be to blame. The order decides between those that explain as much. */
    private enum Cause {
        HOST,
        RELAY,
        REGION;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Suspect(Cause cause, String name) {}

    /** What is known of a suspect's links. */
    private static final class Account {
        final List<Bad> lately = new ArrayList<>();
        int bad;
        int whole;
    }

    static final class Incident {
        final String id;
        final String cause;
        final String name;
        final long startedAt;
        final Set<String> links = new TreeSet<>();
        final Map<String, Link> known = new TreeMap<>();
        double share;
        long betterSince = Long.MIN_VALUE;

        @Nullable
        Long endedAt;

        boolean simulated;

        @Nullable
        IncidentLive shown;

        Incident(String id, String cause, String name, long startedAt) {
            this.id = id;
            this.cause = cause;
            this.name = name;
            this.startedAt = startedAt;
        }

        boolean open() {
            return endedAt == null;
        }
    }

    void wentDown(Link link, long now) {
        bad.put(link.key(), new Bad(link, now));
        fresh = true;
    }

    void cameUp(Link link) {
        bad.remove(link.key());
    }

    void recall(IncidentMemory kept, Function<String, @Nullable Link> links) {
        IncidentLive shown = kept.shown();
        Incident incident = new Incident(
                shown.id(), shown.cause(), shown.name(), shown.startedAt().toEpochMilli());
        incident.links.addAll(kept.links());
        for (String key : kept.links()) {
            Link link = links.apply(key);
            if (link != null) {
                incident.known.put(key, link);
                if (shown.endedAt() == null && !link.up()) {
                    bad.put(key, new Bad(link, incident.startedAt));
                }
            }
        }
        incident.share = shown.share();
        incident.endedAt =
                shown.endedAt() == null ? null : (Long) shown.endedAt().toEpochMilli();
        incident.simulated = shown.simulated();
        incident.shown = shown;
        all.put(incident.id, incident);
    }

    /** The open incident of which this host is the cause. */
    Optional<IncidentLive> causedBy(String host) {
        return all.values().stream()
                .filter(incident -> incident.open() && incident.cause.equals("host") && incident.name.equals(host))
                .map(incident -> incident.shown)
                .filter(Objects::nonNull)
                .findFirst();
    }

    Collection<IncidentLive> open() {
        List<IncidentLive> open = new ArrayList<>();
        for (Incident incident : all.values()) {
            if (incident.open() && incident.shown != null) {
                open.add(incident.shown);
            }
        }
        return open;
    }

    /** The open incident through which each host was cut off, by host; never the cause itself. */
    Map<String, String> explained() {
        Map<String, String> explained = new HashMap<>();
        for (IncidentLive incident : open()) {
            for (Child child : incident.children()) {
                if (child.state().equals("cut_off")) {
                    explained.putIfAbsent(child.host(), incident.id());
                }
            }
        }
        return explained;
    }

    /**
     * @param deaf whether most hosts are not heard, as after a restart or while nobody can reach ingest: links of which nobody
     *     could have spoken have not failed together then
     * @param unheard whether neither end of a link says anything of it, be it by leaving it out
     */
    void look(
            long now,
            boolean deaf,
            Predicate<Link> unheard,
            Collection<Link> links,
            Function<String, @Nullable MeshHost> hosts,
            Outlet outlet) {
        if (fresh) {
            fresh = deaf;
            blame(now, deaf ? unheard : link -> false, links, hosts);
        }
        for (Incident incident : List.copyOf(all.values())) {
            follow(incident, now, hosts, outlet);
        }
    }

    private void blame(
            long now, Predicate<Link> doubtful, Collection<Link> links, Function<String, @Nullable MeshHost> hosts) {
        Map<String, Bad> open = new LinkedHashMap<>(bad);
        open.values().removeIf(each -> doubtful.test(each.link()));
        all.values().stream().filter(Incident::open).forEach(incident -> open.keySet()
                .removeAll(incident.links));
        long newly = open.values().stream().filter(each -> lately(each, now)).count();
        while (open.values().stream().filter(each -> lately(each, now)).count() >= FEWEST_LINKS) {
            Map<Suspect, Account> accounts = accounts(links, open, now, hosts);
            Optional<Map.Entry<Suspect, Account>> worst = accounts.entrySet().stream()
                    .filter(entry -> entry.getValue().lately.size() >= FEWEST_LINKS
                            && entry.getValue().bad >= MOST * entry.getValue().whole)
                    .max(Comparator.<Map.Entry<Suspect, Account>>comparingInt(
                                    entry -> entry.getValue().lately.size())
                            .thenComparing(entry -> (double) entry.getValue().bad / entry.getValue().whole)
                            .thenComparing(entry -> entry.getKey().cause(), Comparator.reverseOrder())
                            .thenComparing(entry -> entry.getKey().name(), Comparator.reverseOrder()));
            if (worst.isEmpty()) {
                return;
            }
            Suspect suspect = worst.get().getKey();
            List<Bad> explained = worst.get().getValue().lately;
            Incident incident = incident(suspect, now);
            for (Bad each : explained) {
                incident.links.add(each.link().key());
                incident.known.put(each.link().key(), each.link());
                incident.simulated |= each.link().simulated();
                open.remove(each.link().key());
            }
            incident.share = Math.max(incident.share, Math.round(1000.0 * explained.size() / newly) / 1000.0);
        }
        // what joins an incident that is known already
        for (Bad each : open.values()) {
            for (Suspect suspect : suspects(each.link(), hosts)) {
                Incident known = all.get(id(suspect));
                if (known != null && known.open()) {
                    known.links.add(each.link().key());
                    known.known.put(each.link().key(), each.link());
                    break;
                }
            }
        }
    }

    private static boolean lately(Bad each, long now) {
        return now - each.at() <= TOGETHER;
    }

    private Incident incident(Suspect suspect, long now) {
        String id = id(suspect);
        Incident known = all.get(id);
        if (known != null && known.open()) {
            return known;
        }
        Incident made = new Incident(
                suspect.cause().word() + ":" + suspect.name() + ":" + now,
                suspect.cause().word(),
                suspect.name(),
                now);
        all.put(made.id, made);
        return made;
    }

    /** Of the open incident of this suspect; else one that is not there. */
    private String id(Suspect suspect) {
        for (Incident incident : all.values()) {
            if (incident.open()
                    && incident.cause.equals(suspect.cause().word())
                    && incident.name.equals(suspect.name())) {
                return incident.id;
            }
        }
        return "";
    }

    private Map<Suspect, Account> accounts(
            Collection<Link> links, Map<String, Bad> open, long now, Function<String, @Nullable MeshHost> hosts) {
        Map<Suspect, Account> accounts = new HashMap<>();
        for (Bad each : open.values()) {
            for (Suspect suspect : suspects(each.link(), hosts)) {
                Account account = accounts.computeIfAbsent(suspect, s -> new Account());
                account.bad++;
                account.whole++;
                if (lately(each, now)) {
                    account.lately.add(each);
                }
            }
        }
        for (Link link : links) {
            if (link.up()) {
                for (Suspect suspect : suspects(link, hosts)) {
                    Account account = accounts.get(suspect);
                    if (account != null) {
                        account.whole++;
                    }
                }
            }
        }
        return accounts;
    }

    private static List<Suspect> suspects(Link link, Function<String, @Nullable MeshHost> hosts) {
        List<Suspect> suspects = new ArrayList<>(5);
        suspects.add(new Suspect(Cause.HOST, link.a()));
        suspects.add(new Suspect(Cause.HOST, link.b()));
        if (!link.relay().isEmpty()) {
            suspects.add(new Suspect(Cause.RELAY, link.relay()));
        }
        MeshHost a = hosts.apply(link.a());
        MeshHost b = hosts.apply(link.b());
        String regionOfA = a == null ? "" : a.region();
        String regionOfB = b == null ? "" : b.region();
        if (!regionOfA.isEmpty()) {
            suspects.add(new Suspect(Cause.REGION, regionOfA));
        }
        if (!regionOfB.isEmpty() && !regionOfB.equals(regionOfA)) {
            suspects.add(new Suspect(Cause.REGION, regionOfB));
        }
        return suspects;
    }

    private void follow(Incident incident, long now, Function<String, @Nullable MeshHost> hosts, Outlet outlet) {
        if (!incident.open()) {
            boolean old = now - Objects.requireNonNull(incident.endedAt) > KEPT || all.size() > MOST_KEPT;
            if (old) {
                all.remove(incident.id);
                outlet.incident(incident.id, null);
            }
            return;
        }
        long still = incident.links.stream().filter(bad::containsKey).count();
        boolean better = still <= REMAINDER * incident.links.size();
        incident.betterSince =
                !better ? Long.MIN_VALUE : incident.betterSince == Long.MIN_VALUE ? now : incident.betterSince;
        if (better && now - incident.betterSince >= SETTLED) {
            incident.endedAt = now;
        }
        IncidentLive next = new IncidentLive(
                incident.id,
                incident.cause,
                incident.name,
                Instant.ofEpochMilli(incident.startedAt),
                incident.endedAt == null ? null : Instant.ofEpochMilli(incident.endedAt),
                incident.links.size(),
                incident.share,
                children(incident, hosts),
                incident.simulated,
                List.copyOf(incident.links));
        if (!next.equals(incident.shown)) {
            incident.shown = next;
            outlet.incident(incident.id, new IncidentMemory(next, List.copyOf(incident.links)));
        }
    }

    private List<Child> children(Incident incident, Function<String, @Nullable MeshHost> hosts) {
        Map<String, List<String>> badLinks = new TreeMap<>();
        incident.known.forEach((key, link) -> {
            for (String end : List.of(link.a(), link.b())) {
                MeshHost host = hosts.apply(end);
                boolean isCause =
                        (incident.cause.equals("host") || incident.cause.equals("relay")) && end.equals(incident.name);
                if (!isCause && host != null) {
                    List<String> ofHost = badLinks.computeIfAbsent(end, e -> new ArrayList<>());
                    if (bad.containsKey(key)) {
                        ofHost.add(link.other(end));
                    }
                }
            }
        });
        List<Child> children = new ArrayList<>();
        badLinks.forEach((end, others) -> {
            MeshHost host = hosts.apply(end);
            String state = others.isEmpty()
                    ? "recovered"
                    : host != null && host.speaks() && host.linksUp() == 0 ? "cut_off" : "affected";
            children.add(new Child(end, state, List.copyOf(others)));
        });
        return children;
    }
}
