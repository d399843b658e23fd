package io.peerscope.query.network;

import io.peerscope.contracts.link.LinkLive;
import io.peerscope.contracts.link.LinkReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who measures what to whom. A cell is one direction as the host in front of it sees it.
 *
 * @param cells from, to, value (null: the link is there and nobody measures this), path, age in seconds
 */
public record LinkMatrix(List<String> hosts, List<List<@Nullable Object>> cells) {

    /** What can be asked for. */
    public enum Metric {
        LATENCY_MS,
        PACKET_LOSS,
        BANDWIDTH_MBPS,
        JITTER_MS,
        QUALITY_SCORE;

        /** Of the others, high is. */
        public boolean lowIsBad() {
            return switch (this) {
                case BANDWIDTH_MBPS, QUALITY_SCORE -> true;
                case LATENCY_MS, PACKET_LOSS, JITTER_MS -> false;
            };
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Metric of(String word) {
            for (Metric metric : values()) {
                if (metric.word().equals(word)) {
                    return metric;
                }
            }
            throw new IllegalArgumentException(word);
        }

        public static String words() {
            return String.join(", ", Arrays.stream(values()).map(Metric::word).toList());
        }
    }

    /** @param wanted hosts of which both ends of a link must be */
    public static LinkMatrix of(Collection<LinkLive> links, Metric metric, Predicate<String> wanted, Instant now) {
        TreeSet<String> hosts = new TreeSet<>();
        List<List<@Nullable Object>> cells = new ArrayList<>();
        for (LinkLive link : links) {
            if (wanted.test(link.a()) && wanted.test(link.b()) && link.fresh()) {
                cell(link, link.a(), link.b(), metric, now).ifPresent(cells::add);
                cell(link, link.b(), link.a(), metric, now).ifPresent(cells::add);
                hosts.add(link.a());
                hosts.add(link.b());
            }
        }
        return new LinkMatrix(List.copyOf(hosts), cells);
    }

    private static Optional<List<@Nullable Object>> cell(
            LinkLive link, String from, String to, Metric metric, Instant now) {
        LinkReport report = link.from(from);
        if (report == null || !report.fresh()) {
            return Optional.empty();
        }
        Double value = metric == Metric.QUALITY_SCORE
                ? link.quality() == null ? null : (Double) link.quality().score()
                : report.field(metric.word());
        List<@Nullable Object> cell = new ArrayList<>(5);
        cell.add(from);
        cell.add(to);
        cell.add(value);
        cell.add(report.path().word());
        cell.add(LinkView.age(report, now));
        return Optional.of(cell);
    }
}
