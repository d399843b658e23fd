package io.peerscope.benchmarks.history;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** What people and dashboards ask. Hosts and metrics are others each time. */
public enum Question {
    REALTIME("realtime", 5),
    HOST_DAY("1 host x 5 metrics x 24 h", 50),
    HUNDRED_WEEK("100 hosts x 1 metric x 7 d", 150),
    HOST_HOUR("1 host x 5 metrics x 1 h", 0),
    HOST_DAY_P95("1 host x 1 metric x 24 h, p95", 0),
    HUNDRED_DAY("100 hosts x 1 metric x 24 h", 0),
    NETWORK_DAY("all hosts as one x 1 metric x 24 h", 0),
    HOST_DAY_FINE("1 host x 5 metrics x 24 h, 10 000 points", 0);

    private static final int WEEK_HOSTS = 100;
    private static final List<String> SKETCHED = List.of("cpu_usage", "latency", "memory_usage", "tick_ms");

    private final String words;
    private final int goal;

    Question(String words, int goal) {
        this.words = words;
        this.goal = goal;
    }

    /** What is asked for, in words. */
    public String words() {
        return words;
    }

    /** Milliseconds that 95 of 100 answers are to stay below; 0: none was set. */
    public int goalMillis() {
        return goal;
    }

    /** @param hosts that have raw points */
    public String path(int hosts, Random random) {
        return switch (this) {
            case REALTIME -> "/api/v1/metrics/realtime";
            case HOST_DAY -> past("24h", one(hosts, random), metrics(5, random), "avg");
            case HUNDRED_WEEK -> past("7d", Past.hosts(WEEK_HOSTS), metrics(1, random), "avg");
            case HOST_HOUR -> past("1h", one(hosts, random), metrics(5, random), "avg");
            case HOST_DAY_P95 ->
                past("24h", one(hosts, random), List.of(SKETCHED.get(random.nextInt(SKETCHED.size()))), "p95");
            case HUNDRED_DAY -> past("24h", Past.hosts(WEEK_HOSTS), metrics(1, random), "avg");
            case NETWORK_DAY -> past("24h", List.of(), metrics(1, random), "avg") + "&group_by=none";
            case HOST_DAY_FINE -> past("24h", one(hosts, random), metrics(5, random), "avg") + "&max_points=10000";
        };
    }

    private static List<String> one(int hosts, Random random) {
        return List.of(Past.host(random.nextInt(hosts)));
    }

    private static List<String> metrics(int count, Random random) {
        List<String> all = new ArrayList<>(Past.FIELDS);
        Collections.shuffle(all, random);
        return List.copyOf(new TreeSet<>(all.subList(0, count)));
    }

    private static String past(String timeframe, List<String> hosts, List<String> metrics, String aggregate) {
        return "/api/v1/metrics/historical?timeframe=%s&metrics=%s&aggregate=%s%s"
                .formatted(timeframe, list(metrics), aggregate, hosts.isEmpty() ? "" : "&hosts=" + list(hosts));
    }

    private static String list(List<String> words) {
        return URLEncoder.encode(String.join(",", words), StandardCharsets.UTF_8);
    }
}
