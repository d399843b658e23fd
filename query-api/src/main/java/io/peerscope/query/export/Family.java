package io.peerscope.query.export;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of one metric.
 *
 * @param name without the suffix {@code _total} of counters and without that of a histogram's parts
 */
public record Family(String name, Type type, String help, List<Line> lines) {
    /** What a scraper may do with the numbers. */
    public enum Type {
        COUNTER,
        GAUGE,
        /** How many of something are so at this moment; its buckets rise and fall: what OpenMetrics calls gaugehistogram. */
        SPREAD
    }

    /** @param name of the sample, suffix included */
    public record Line(String name, List<String> labelNames, List<String> labelValues, double value) {}

    Family(String name, Type type, String help) {
        this(name, type, help, new ArrayList<>());
    }

    void add(List<String> labelNames, List<String> labelValues, double value) {
        lines.add(new Line(type == Type.COUNTER ? name + "_total" : name, labelNames, labelValues, value));
    }

    /** How the values spread over the bounds, which must ascend. */
    void spread(List<String> labelNames, List<String> labelValues, double[] bounds, List<Double> values) {
        List<String> names = new ArrayList<>(labelNames);
        names.add("le");
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        for (double bound : bounds) {
            long within = values.stream().filter(value -> value <= bound).count();
            lines.add(new Line(name + "_bucket", names, with(labelValues, number(bound)), within));
        }
        lines.add(new Line(name + "_bucket", names, with(labelValues, "+Inf"), values.size()));
        lines.add(new Line(name + "_gcount", labelNames, labelValues, values.size()));
        lines.add(new Line(name + "_gsum", labelNames, labelValues, sum));
    }

    private static List<String> with(List<String> values, String last) {
        List<String> all = new ArrayList<>(values);
        all.add(last);
        return all;
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) + ".0" : Double.toString(bound);
    }
}
