package io.peerscope.testkit.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.truth.Bucket.Sample;
import io.peerscope.testkit.truth.Reference.Account;
import io.peerscope.testkit.truth.Reference.Booking;
import io.peerscope.testkit.truth.Reference.Series;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds what the API answers to the reference: series by every aggregate, and the accounts of hosts. */
public final class AnswersChecker {
    private static final Map<String, Double> PERCENTILES = Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99);
    private static final List<String> AGGREGATES =
            List.of("avg", "min", "max", "sum", "count", "last", "rate", "p50", "p95", "p99");

    private static final MetricCatalogue CATALOGUE = MetricCatalogue.load();

    private final Api api;
    private final Reference reference;

    public AnswersChecker(Api api, Reference reference) {
        this.api = api;
        this.reference = reference;
    }

    /** These accounts, each of them whole. */
    public Findings ledger(Map<Account, Booking> accounts) {
        Findings findings = new Findings();
        accounts.forEach((account, booking) -> {
            findings.compared("accounts", 1);
            JsonNode answer = api.get("/api/v1/hosts/" + account.host() + "/ledger?day=" + account.day())
                    .json();
            Booking booked = new Booking(
                    answer.path("stored").asLong(-1),
                    answer.path("late").asLong(-1),
                    answer.path("duplicate").asLong(-1));
            long accepted = booking.stored() + booking.late() + booking.duplicate();
            if (!booked.equals(booking)
                    || !answer.path("balanced").asBoolean()
                    || answer.path("accepted").asLong() != accepted
                    || answer.path("quarantined").asLong(-1) != 0) {
                findings.fault("accounts", "%s should be %s, is %s".formatted(account, booking, answer));
            }
        });
        return findings;
    }

    /**
     * A field of subjects, each the only one of its kind on its host, by every aggregate: each by itself, or together.
     *
     * @param byHost the series of each host; several are asked for as one
     * @param percentiles whether these can be asked for
     * @param maxPoints decides the tier
     */
    public Findings series(
            Map<String, Series> byHost, String kind, Instant from, Instant to, int maxPoints, boolean percentiles) {
        Findings findings = new Findings();
        String field = byHost.values().iterator().next().field();
        for (String aggregate : AGGREGATES) {
            if (PERCENTILES.containsKey(aggregate) && !percentiles) {
                continue;
            }
            String query =
                    "/api/v1/metrics/historical?metrics=%s&hosts=%s&kind=%s&aggregate=%s&from=%s&to=%s&max_points=%d%s"
                            .formatted(
                                    field,
                                    String.join(",", byHost.keySet()),
                                    kind,
                                    aggregate,
                                    time(from),
                                    time(to),
                                    maxPoints,
                                    byHost.size() > 1 ? "&group_by=none" : "");
            Answer answer = api.get(query);
            if (answer.status() != 200) {
                findings.fault("answers", query + ": " + answer);
                continue;
            }
            Told told = Told.of(answer.json());
            if (told.from > from.toEpochMilli() || told.to < to.toEpochMilli()) {
                findings.fault("answers", query + " covers less than was asked for: " + told);
            }
            compare(query, aggregate, List.copyOf(byHost.values()), told, findings);
        }
        return findings;
    }

    /** What an answer says of itself, and its only series. */
    private record Told(String tier, long step, long from, long to, TreeMap<Long, Double> points) {
        static Told of(JsonNode answer) {
            TreeMap<Long, Double> points = new TreeMap<>();
            answer.at("/series/0/points")
                    .forEach(point ->
                            points.put(point.get(0).asLong(), point.get(1).asDouble(Double.NaN)));
            return new Told(
                    answer.path("tier").asText(),
                    answer.path("step_seconds").asLong() * 1000,
                    Instant.parse(answer.path("from").asText()).toEpochMilli(),
                    Instant.parse(answer.path("to").asText()).toEpochMilli(),
                    points);
        }

        private boolean months() {
            return tier.equals(Span.MONTH.word());
        }

        long stepOf(long time) {
            return months() ? Span.MONTH.startOf(time) : Math.floorDiv(time, step) * step;
        }

        long stepEnd(long start) {
            return months() ? Span.MONTH.endOf(start) : start + step;
        }

        long longestStep() {
            return months() ? Duration.ofDays(31).toMillis() : step;
        }
    }

    private void compare(String query, String aggregate, List<Series> members, Told told, Findings findings) {
        TreeMap<Long, List<Sample>> steps = new TreeMap<>();
        Map<Long, Double> rates = new TreeMap<>();
        for (Series member : members) {
            TreeMap<Long, Double> samples = reference.samples().getOrDefault(member, new TreeMap<>());
            samples.subMap(told.from, told.to)
                    .forEach((time, value) -> steps.computeIfAbsent(told.stepOf(time), start -> new ArrayList<>())
                            .add(new Sample(time, value)));
            Rates.of(
                            samples,
                            CATALOGUE.type(member.field()),
                            told.from,
                            told.to,
                            told::stepOf,
                            told::stepEnd,
                            told.longestStep())
                    .forEach((start, rate) -> rates.merge(start, rate, Double::sum));
        }
        TreeMap<Long, Double> found = new TreeMap<>(told.points);
        findings.compared("answers " + told.tier + " " + aggregate, steps.size());
        Set<Long> wanted = aggregate.equals("rate") ? rates.keySet() : steps.keySet();
        for (Long start : wanted) {
            Double value = found.remove(start);
            List<Sample> samples = steps.getOrDefault(start, List.of());
            boolean right = value != null
                    && (aggregate.equals("rate")
                            ? near(value, rates.getOrDefault(start, Double.NaN))
                            : right(aggregate, Bucket.of(samples), value, told.tier.equals("raw")));
            if (!right) {
                findings.fault(
                        "answers",
                        "%s at %d (%s) is %s for %s, rates %s"
                                .formatted(query, start, told.tier, value, samples, rates.get(start)));
            }
        }
        found.values().removeIf(value -> value.isNaN());
        if (!found.isEmpty()) {
            findings.fault("answers", query + " has too much: " + found);
        }
    }

    private static boolean right(String aggregate, Bucket bucket, double value, boolean ofSamples) {
        return switch (aggregate) {
            case "avg" -> near(value, bucket.sum() / bucket.count());
            case "min" -> value == bucket.min();
            case "max" -> value == bucket.max();
            case "sum" -> value == bucket.sum();
            case "count" -> value == bucket.count();
            case "last" -> value == bucket.last();
            default -> {
                double share = PERCENTILES.getOrDefault(aggregate, 0.0);
                yield ofSamples ? value == bucket.percentile(share) : bucket.allows(share, value);
            }
        };
    }

    private static boolean near(double value, double wanted) {
        return Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted);
    }

    private static String time(Instant time) {
        return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
    }
}
