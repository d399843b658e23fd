package io.peerscope.simulator.world;

import io.peerscope.simulator.world.SimulatedHost.SimulatedMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who lives in the world and who knows whom; drawn once from a seed. */
final class Population {
    private static final List<String> STARS = List.of(
            "nova", "vega", "lyra", "orion", "rigel", "altair", "deneb", "mira", "atlas", "sirius", "castor",
            "electra");
    private static final List<String> MAPS = List.of(
            "prontera",
            "geffen",
            "payon",
            "morocc",
            "alberta",
            "izlude",
            "aldebaran",
            "comodo",
            "umbala",
            "juno",
            "lighthalzen",
            "einbroch",
            "rachel",
            "veins",
            "hugel",
            "louyang",
            "amatsu",
            "gonryun",
            "niflheim",
            "brasilis",
            "prt_fild01",
            "prt_fild08",
            "gef_fild07",
            "gef_dun02",
            "pay_fild03",
            "pay_dun04",
            "moc_fild12",
            "moc_pryd04",
            "mjolnir_05",
            "iz_dun03",
            "c_tower3",
            "gl_prison",
            "orcsdun02",
            "beach_dun",
            "tur_dun04",
            "abyss_03");
    private static final Region[] SPREAD = {
        Region.EU, Region.EU, Region.NA, Region.EU, Region.ASIA, Region.NA, Region.SA, Region.EU
    };
    private static final int ONE_IN_VPS = 6;

    private final List<SimulatedHost> hosts;
    private final List<Link> links;
    private final List<List<Link>> linksOfHost;

    Population(int size, long seed) {
        Noise noise = new Noise(seed).named("population");
        this.hosts = hosts(size, noise.named("hosts"));
        this.links = links(hosts, noise.named("links"));
        this.linksOfHost = new ArrayList<>();
        for (int host = 0; host < size; host++) {
            int end = host;
            linksOfHost.add(links.stream().filter(link -> link.touches(end)).toList());
        }
    }

    List<SimulatedHost> hosts() {
        return hosts;
    }

    List<Link> links() {
        return links;
    }

    List<Link> linksOf(int host) {
        return linksOfHost.get(host);
    }

    private static List<SimulatedHost> hosts(int size, Noise noise) {
        List<SimulatedHost> hosts = new ArrayList<>();
        int maps = 0;
        for (int i = 0; i < size; i++) {
            Region region = SPREAD[i % SPREAD.length];
            boolean vps = i % ONE_IN_VPS == 1;
            List<SimulatedMap> hosted = new ArrayList<>();
            int count = 1 + noise.named("maps").below(vps ? 4 : 3, i);
            for (int m = 0; m < count; m++) {
                hosted.add(new SimulatedMap(mapName(maps++), 1.0 / count * (m == 0 ? 1.1 : 0.9)));
            }
            String name = "%s-%s-%02d".formatted(region.label(), STARS.get(i % STARS.size()), i + 1);
            List<String> streams = i % 3 == 0 ? List.of(name + "-live") : List.of();
            double capacity = (vps ? 50 : 35) + 20 * noise.named("capacity").uniform(i);
            hosts.add(new SimulatedHost(name, region, vps, capacity, List.copyOf(hosted), streams));
        }
        return List.copyOf(hosts);
    }

    /** Names are unique: where there are more maps than names, further instances are numbered. */
    private static String mapName(int index) {
        int instance = index / MAPS.size();
        return MAPS.get(index % MAPS.size()) + (instance == 0 ? "" : "_" + (instance + 1));
    }

    /** Each host asks its two to four nearest; being asked by others it ends with about four to eight peers. */
    private static List<Link> links(List<SimulatedHost> hosts, Noise noise) {
        Map<Long, Link> links = new TreeMap<>();
        for (int from = 0; from < hosts.size(); from++) {
            int self = from;
            int wanted = 2 + noise.named("degree").below(3, from);
            nearest(hosts, self, noise).stream().limit(wanted).forEach(to -> add(links, hosts, self, to, noise));
            // A chain through all hosts keeps the network in one piece.
            add(links, hosts, self, (self + 1) % hosts.size(), noise);
        }
        List<Link> numbered = new ArrayList<>();
        links.values().forEach(link -> numbered.add(link.at(numbered.size())));
        return List.copyOf(numbered);
    }

    private static List<Integer> nearest(List<SimulatedHost> hosts, int self, Noise noise) {
        Noise taste = noise.named("taste-" + self);
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            if (i != self) {
                others.add(i);
            }
        }
        Region here = hosts.get(self).region();
        others.sort(
                Comparator.comparingDouble(i -> here.roundTripTo(hosts.get(i).region()) * (0.2 + taste.uniform(i))));
        return others;
    }

    private static void add(Map<Long, Link> links, List<SimulatedHost> hosts, int from, int to, Noise noise) {
        if (from == to) {
            return;
        }
        int a = Math.min(from, to);
        int b = Math.max(from, to);
        long key = (long) a * hosts.size() + b;
        links.computeIfAbsent(key, k -> {
            double distance = hosts.get(a).region().roundTripTo(hosts.get(b).region());
            double roundTrip = distance * (0.75 + 0.3 * noise.named("distance").uniform(k));
            double bandwidth = 18 + 60 * noise.named("bandwidth").uniform(k);
            boolean relayed = roundTrip < 50 && noise.named("relayed").uniform(k) < 0.12;
            return new Link(-1, a, b, roundTrip, bandwidth, relayed);
        });
    }
}
