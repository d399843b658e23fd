package io.peerscope.query.detect;

import io.peerscope.contracts.point.Labels;
import io.peerscope.contracts.point.Subject;
import io.peerscope.contracts.rule.Measure;
import io.peerscope.contracts.rule.Rule;
import io.peerscope.query.trend.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Hosts with a value each minute, of which it is known what is usual. It begins on a Monday, midnight UTC. */
final class SyntheticNetwork implements SeriesPast {
    static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
    static final int DAY = 1_440;

    private static final long MINUTE = 60_000;

    private final int minutes;
    private final Map<Subject, double[]> values = new LinkedHashMap<>();

    /** Ways in which the value of a host goes on. */
    enum Kind {
        /** Twice as many by day as by night, and fewer at weekends. */
        PLAYERS {
            @Override
            double value(int minute, Random random, Wander wander) {
                double day = Math.sin(2 * Math.PI * (minute % DAY - 480) / DAY);
                double weekend = minute / DAY % 7 >= 5 ? 0.6 : 1;
                return weekend * (60 + 25 * day) + 3 * random.nextGaussian();
            }
        },
        /** No season to speak of, but a level that wanders for hours. */
        WANDERING {
            @Override
            double value(int minute, Random random, Wander wander) {
                return 40 + wander.next(random, 0.995, 4) + 2 * random.nextGaussian();
            }
        },
        /** Quiet, with bursts of a few minutes many times a day. */
        BURSTS {
            @Override
            double value(int minute, Random random, Wander wander) {
                if (random.nextInt(240) == 0) {
                    wander.burst = 2 + random.nextInt(6);
                }
                boolean burst = wander.burst-- > 0;
                return 10 + 1.5 * random.nextGaussian() + (burst ? 20 + 30 * random.nextDouble() : 0);
            }
        },
        /** A whole number that seldom changes. */
        STEPS {
            @Override
            double value(int minute, Random random, Wander wander) {
                if (random.nextInt(500) == 0) {
                    wander.level = random.nextInt(3) - 1;
                }
                return 8 + wander.level;
            }
        },
        /** Grows slowly, with a season by day, and every fifth minute is missing. */
        GROWING {
            @Override
            double value(int minute, Random random, Wander wander) {
                double value =
                        20 + 0.5 * minute / DAY + 4 * Math.sin(2 * Math.PI * minute / DAY) + random.nextGaussian();
                return random.nextInt(5) == 0 ? Double.NaN : value;
            }
        };

        abstract double value(int minute, Random random, Wander wander);
    }

    static final class Wander {
        private double at;
        private double level;
        private int burst;

        double next(Random random, double alike, double deviation) {
            at = alike * at + deviation * Math.sqrt(1 - alike * alike) * random.nextGaussian();
            return at;
        }
    }

    SyntheticNetwork(int days) {
        this.minutes = days * DAY;
    }

    /** Hosts of a kind, named after it; each by a seed of its own. */
    List<Subject> add(Kind kind, int hosts, long seed) {
        return IntStream.range(0, hosts)
                .mapToObj(number -> {
                    Subject subject =
                            new Subject(kind.name().toLowerCase(Locale.ROOT) + number, Subject.HOST, Labels.none());
                    Random random = new Random(seed * 1_000 + number);
                    Wander wander = new Wander();
                    double[] series = new double[minutes];
                    for (int minute = 0; minute < minutes; minute++) {
                        series[minute] = kind.value(minute, random, wander);
                    }
                    values.put(subject, series);
                    return subject;
                })
                .toList();
    }

    /** One host by itself. */
    Subject add(String host, IntToDoubleFunction value) {
        Subject subject = new Subject(host, Subject.HOST, Labels.none());
        values.put(subject, IntStream.range(0, minutes).mapToDouble(value).toArray());
        return subject;
    }

    /** Moves the values of some minutes. */
    void incident(Subject subject, int from, int length, double by) {
        double[] series = series(subject);
        for (int minute = from; minute < from + length; minute++) {
            series[minute] += by;
        }
    }

    double[] series(Subject subject) {
        return Objects.requireNonNull(values.get(subject));
    }

    static long time(int minute) {
        return MONDAY.toEpochMilli() + minute * MINUTE;
    }

    @Override
    public List<Subject> subjects(Rule rule) {
        return List.copyOf(values.keySet());
    }

    @Override
    public Kept kept() {
        return new Kept(Duration.ofDays(30), Duration.ofDays(7));
    }

    @Override
    public Map<Subject, Steps> read(
            Measure.Detect measure, Collection<Subject> subjects, Instant from, Instant to, Duration step) {
        Map<Subject, Steps> read = new HashMap<>();
        int length = (int) step.toMinutes();
        int first = (int) Duration.between(MONDAY, from).toMinutes();
        int size = (int) (Duration.between(from, to).toMinutes() / length);
        for (Subject subject : subjects) {
            double[] series = series(subject);
            double[] steps = new double[size];
            for (int at = 0; at < size; at++) {
                int begin = first + at * length;
                steps[at] = begin < 0
                        ? Double.NaN
                        : Arrays.stream(series, begin, begin + length)
                                .filter(value -> !Double.isNaN(value))
                                .average()
                                .orElse(Double.NaN);
            }
            read.put(subject, new Steps(from.toEpochMilli(), step.toMillis(), steps));
        }
        return read;
    }
}
