package io.peerscope.simulator.load;

import io.peerscope.simulator.Batch;
import io.peerscope.simulator.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Hosts times fields, each with a value every interval, where a value is a function of (host, field, time): whoever checks
 * what was stored can work it out again. Values are quarters below 10 000, so sums of them are exact in any order.
 *
 * @param prefix begins the names of hosts; with it two plans do not meet
 * @param start time of tick 0; far enough back that no tick that is sent lies ahead of the clock, else ingest takes the
 *     host's clock to be wrong and corrects it
 */
public record LoadPlan(String prefix, int hosts, int fields, Instant start, Duration interval) {

    public LoadPlan {
        if (hosts < 1 || fields < 1 || !interval.isPositive()) {
            throw new IllegalArgumentException(
                    "hosts, fields and interval must be positive, were " + hosts + ", " + fields + ", " + interval);
        }
    }

    public static LoadPlan of(int hosts, int fields, Instant start) {
        return new LoadPlan("load", hosts, fields, start, Duration.ofSeconds(5));
    }

    public List<String> hostNames() {
        return IntStream.range(0, hosts)
                .mapToObj(host -> "%s-%04d".formatted(prefix, host))
                .toList();
    }

    public List<String> fieldNames() {
        return IntStream.range(0, fields).mapToObj("load_%02d"::formatted).toList();
    }

    public Instant timeOf(long tick) {
        return start.plus(interval.multipliedBy(tick));
    }

    /** One batch a host, each of one point with all fields. The same tick always gives the same batches. */
    public List<Batch> batches(long tick) {
        List<String> names = fieldNames();
        return hostNames().stream()
                .map(host -> batch(host, names, timeOf(tick)))
                .toList();
    }

    /** The batches of ticks 0 until, not including, the given one. */
    public Stream<Batch> batchesUntil(long ticks) {
        return LongStream.range(0, ticks).boxed().flatMap(tick -> batches(tick).stream());
    }

    public static double value(String host, String field, Instant at) {
        long mixed = (host + '/' + field).hashCode() * 0x9E3779B97F4A7C15L + at.toEpochMilli() * 0xBF58476D1CE4E5B9L;
        return Math.floorMod(mixed ^ (mixed >>> 29), 40_000) / 4.0;
    }

    private static Batch batch(String host, List<String> names, Instant at) {
        Map<String, Double> values = new LinkedHashMap<>();
        names.forEach(field -> values.put(field, value(host, field, at)));
        Measurement point = new Measurement("host", Map.of(), at, values, Map.of());
        return new Batch(host, "load/" + at.toEpochMilli(), Map.of("simulated", "true"), List.of(point));
    }
}
