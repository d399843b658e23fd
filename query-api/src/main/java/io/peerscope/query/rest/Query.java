package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import io.peerscope.query.control.WrittenTime;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; a wrong one ends the request with its name and what it should be. */
final class Query {
    private static final int DEFAULT_PAGE_SIZE = 50;
    static final int MAX_PAGE_SIZE = 500;
    private static final int MOST_HOURS = 24 * 7;
    private static final int MAX_PAGE = 100_000;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    private Query() {}

    /** A piece of a list, counted from 1. */
    record Paging(int page, int size) {
        <T> List<T> of(List<T> all) {
            int from = (int) Math.min(all.size(), (page - 1L) * size);
            return all.subList(from, Math.min(all.size(), from + size));
        }
    }

    static Paging paging(@Nullable String page, @Nullable String size) {
        return new Paging(
                number("page", page, 1, 1, MAX_PAGE), number("page_size", size, DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE));
    }

    /** How far back a view of the last hours looks: one, up to a week. */
    static int hours(@Nullable String text) {
        return number("hours", text, 1, 1, MOST_HOURS);
    }

    static int number(String name, @Nullable String text, int missing, int min, int max) {
        return number(name, text, missing, min, max, ErrorCode.BAD_PARAMETER, "");
    }

    /**
     * @param beyond the code where the number is larger than {@code max}
     * @param why there is this bound
     */
    static int number(String name, @Nullable String text, int missing, int min, int max, ErrorCode beyond, String why) {
        if (text == null || text.isEmpty()) {
            return missing;
        }
        ErrorCode code = ErrorCode.BAD_PARAMETER;
        if (NUMBER.matcher(text).matches()) {
            BigInteger number = new BigInteger(text);
            if (number.compareTo(BigInteger.valueOf(max)) > 0) {
                code = beyond;
            } else if (number.compareTo(BigInteger.valueOf(min)) >= 0) {
                return number.intValueExact();
            }
        }
        throw ProblemException.field(name, code, "must be a whole number from " + min + " to " + max + why);
    }

    static Optional<Double> decimal(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name, "a number");
    }

    static Optional<Instant> time(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            // a plus that was not escaped arrives as a blank
            return Optional.of(WrittenTime.read(text.replace(' ', '+')));
        } catch (IllegalArgumentException e) {
            throw ProblemException.field(name, ErrorCode.BAD_TIMESTAMP, String.valueOf(e.getMessage()));
        }
    }

    /** A UTC day; today where none is given. */
    static LocalDate day(@Nullable String text, QueryClock clock) {
        if (text == null || text.isEmpty()) {
            return LocalDate.ofInstant(clock.source().instant(), ZoneOffset.UTC);
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.field("day", ErrorCode.BAD_TIMESTAMP, "a UTC day such as 2026-11-21");
        }
    }

    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isEmpty());
    }

    /** Repeated or with commas; {@link QuotedText} says how a comma itself is written. */
    static List<String> list(String name, @Nullable List<String> given) {
        return given == null
                ? List.of()
                : given.stream()
                        .flatMap(each -> quoted(name, each, QuotedText::words).stream())
                        .distinct()
                        .toList();
    }

    /**
     * Repeated or with commas: {@code map:prontera,region:eu}. Of each name the values that are allowed, "" standing for
     * subjects without such a label.
     */
    static Map<String, Set<String>> labels(@Nullable List<String> given) {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String each : given == null ? List.<String>of() : given) {
            for (QuotedText.Pair pair : quoted("labels", each, QuotedText::pairs)) {
                labels.computeIfAbsent(pair.name(), name -> new TreeSet<>()).add(pair.value());
            }
        }
        return labels;
    }

    private static <T> List<T> quoted(String name, String text, Function<QuotedText, List<T>> reading) {
        try {
            return reading.apply(new QuotedText(text));
        } catch (IllegalArgumentException e) {
            throw wrong(name, String.valueOf(e.getMessage()));
        }
    }

    /** One word of a closed list. */
    static <T> Optional<T> word(String name, @Nullable String text, Function<String, T> reading, String words) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(text));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "one of " + words);
        }
    }

    /** For {@link #word}: true or false. */
    static Boolean yesOrNo(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(word);
        };
    }

    /** Words of a closed list, repeated or with commas. */
    static <T> Set<T> words(String name, @Nullable List<String> given, Function<String, T> reading, String words) {
        return list(name, given).stream()
                .flatMap(each -> word(name, each, reading, words).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static ProblemException wrong(String name, String wanted) {
        return ProblemException.field(name, ErrorCode.BAD_PARAMETER, "must be " + wanted);
    }
}
