package io.peerscope.benchmarks.body;

import io.peerscope.simulator.load.LoadPlan;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Hosts that all measure the same. In every format a series has the same name, the same labels and, at its n-th sending,
 * the same value.
 *
 * @param seed other values for another seed
 */
public record Fleet(int hosts, int metrics, long seed) {
    public static final String JOB = "node";
    /** Begins the names of all metrics; in line protocol it is the measurement. */
    public static final String FAMILY = "bench";

    public List<String> hostNames() {
        return IntStream.range(0, hosts).mapToObj("fleet-%04d"::formatted).toList();
    }

    /** Names without the family, sorted. */
    public List<String> fields() {
        return IntStream.range(0, metrics)
                .mapToObj("sensor_%02d_value"::formatted)
                .toList();
    }

    public static String metric(String field) {
        return FAMILY + "_" + field;
    }

    public static String instance(String host) {
        return host + ":9100";
    }

    /**
     * What a series measures: quarters from 1000 to 10 000, of which ones and tens are others at each sending.
     *
     * @param row where a body has several points of a host
     */
    Reading reading(String host, String field, int row) {
        double first = LoadPlan.value(host, field, Instant.ofEpochMilli(seed * 10_000 + row));
        int whole = (int) first;
        return new Reading(10 + whole / 100 % 90, whole % 100, first - whole);
    }

    /**
     * @param hundreds never change
     * @param phase 0 to 99: makes its ones and tens differ from those of other series
     * @param quarters never change
     */
    record Reading(int hundreds, int phase, double quarters) {
        /** Without ones and tens. */
        double base() {
            return hundreds * 100 + quarters;
        }

        /** Always as wide: four digits, a point and two digits. */
        String text() {
            return "%02d00.%02d".formatted(hundreds, (int) (quarters * 100));
        }
    }
}
