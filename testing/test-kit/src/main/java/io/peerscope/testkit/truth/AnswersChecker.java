package io.peerscope.testkit.truth;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.catalogue.MetricCatalogue;
import io.peerscope.testkit.client.Answer;
import io.peerscope.testkit.client.Api;
import io.peerscope.testkit.truth.Reference.Account;
import io.peerscope.testkit.truth.Reference.Booking;
import io.peerscope.testkit.truth.Reference.Series;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

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
     * A field of one subject, the only one of its kind on its host, by every aggregate.
     *
     * @param percentiles whether these can be asked for
     * @param maxPoints decides the tier
     */
    public Findings series(
            String host, String kind, Series series, Instant from, Instant to, int maxPoints, boolean percentiles) {
        Findings findings = new Findings();
        for (String aggregate : AGGREGATES) {
            if (PERCENTILES.containsKey(aggregate) && !percentiles) {
                continue;
            }
            String query =
                    "/api/v1/metrics/historical?metrics=%s&hosts=%s&kind=%s&aggregate=%s&from=%s&to=%s&max_points=%d"
                            .formatted(series.field(), host, kind, aggregate, time(from), time(to), maxPoints);
            Answer answer = api.get(query);
            if (answer.status() != 200) {
                findings.fault("answers", query + ": " + answer);
                continue;
            }
            compare(query, aggregate, series, answer.json(), findings);
        }
        return findings;
    }

    private void compare(String query, String aggregate, Series series, JsonNode answer, Findings findings) {
        String tier = answer.path("tier").asText();
        long step = answer.path("step_seconds").asLong() * 1000;
        boolean months = tier.equals(Span.MONTH.word());
        long from = Instant.parse(answer.path("from").asText()).toEpochMilli();
        long to = Instant.parse(answer.path("to").asText()).toEpochMilli();
        TreeMap<Long, Double> samples = reference.samples().getOrDefault(series, new TreeMap<>());
        LongUnaryOperator stepOf = time -> months ? Span.MONTH.startOf(time) : Math.floorDiv(time, step) * step;
        TreeMap<Long, List<Double>> steps = new TreeMap<>();
        samples.subMap(from, to)
                .forEach((time, value) -> steps.computeIfAbsent(stepOf.applyAsLong(time), start -> new ArrayList<>())
                        .add(value));
        TreeMap<Long, Double> found = new TreeMap<>();
        answer.at("/series/0/points")
                .forEach(point -> found.put(point.get(0).asLong(), point.get(1).asDouble(Double.NaN)));
        findings.compared("answers " + tier + " " + aggregate, steps.size());
        if (aggregate.equals("rate")) {
            Optional<Span> span = Arrays.stream(Span.values())
                    .filter(each -> each.word().equals(tier))
                    .findFirst();
            Rates.of(samples, CATALOGUE.type(series.field()), span, from, to, stepOf)
                    .forEach((start, rate) -> {
                        Double value = found.remove(start);
                        if (value == null || Math.abs(value - rate) > 1e-9 * Math.abs(rate)) {
                            findings.fault(
                                    "answers",
                                    "%s at %d (%s) is %s, not %s".formatted(query, start, tier, value, rate));
                        }
                    });
        } else {
            steps.forEach((start, values) -> {
                Double value = found.remove(start);
                if (value == null || !right(aggregate, Bucket.of(values), value)) {
                    findings.fault(
                            "answers", "%s at %d (%s) is %s for %s".formatted(query, start, tier, value, values));
                }
            });
        }
        found.values().removeIf(value -> value.isNaN());
        if (!found.isEmpty()) {
            findings.fault("answers", query + " has too much: " + found);
        }
    }

    private static boolean right(String aggregate, Bucket bucket, double value) {
        return switch (aggregate) {
            case "avg" -> Math.abs(value - bucket.sum() / bucket.count()) <= 1e-9 * Math.abs(value);
            case "min" -> value == bucket.min();
            case "max" -> value == bucket.max();
            case "sum" -> value == bucket.sum();
            case "count" -> value == bucket.count();
            case "last" -> value == bucket.last();
            default -> bucket.allows(PERCENTILES.getOrDefault(aggregate, 0.0), value);
        };
    }

    private static String time(Instant time) {
        return URLEncoder.encode(time.toString(), StandardCharsets.UTF_8);
    }
}
