package io.peerscope.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** Numbers that services tell of themselves, in Prometheus' text format; labels are kept as they stand. */
final class Exposition {
    private static final Pattern LINE =
            Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{[^}]*})?\\s+(\\S+)", Pattern.MULTILINE);

    /** One line. */
    record Sample(String name, String labels, double value) {}

    private final List<Sample> samples = new ArrayList<>();

    void add(String text) {
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            String labels = line.group(2) == null ? "" : line.group(2);
            samples.add(new Sample(line.group(1), labels, number(line.group(3))));
        }
    }

    List<Sample> of(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    /** Empty where nobody exposes it, or nobody knows it yet (NaN). */
    OptionalDouble max(String name) {
        return values(name).max();
    }

    /** Empty where nobody exposes it, or nobody knows it yet (NaN). */
    OptionalDouble sum(String name) {
        return values(name).findAny().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(values(name).sum());
    }

    private DoubleStream values(String name) {
        return of(name).stream().mapToDouble(Sample::value).filter(value -> !Double.isNaN(value));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
