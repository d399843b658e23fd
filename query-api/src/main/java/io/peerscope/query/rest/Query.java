package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; a wrong one ends the request with its name and what it should be. */
final class Query {
    private static final int DEFAULT_PAGE_SIZE = 50;
    static final int MAX_PAGE_SIZE = 500;
    private static final int MAX_PAGE = 100_000;
    private static final Pattern MILLIS = Pattern.compile("-?[0-9]{1,15}");

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

    static int number(String name, @Nullable String text, int missing, int min, int max) {
        if (text == null || text.isEmpty()) {
            return missing;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name, "a whole number from " + min + " to " + max);
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
            return Optional.of(
                    MILLIS.matcher(text).matches()
                            ? Instant.ofEpochMilli(Long.parseLong(text))
                            // a plus that was not escaped arrives as a blank
                            : OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        } catch (DateTimeException e) {
            throw ProblemException.field(
                    name, ErrorCode.BAD_TIMESTAMP, "a time such as 2026-11-21T10:00:00Z, or epoch milliseconds");
        }
    }

    static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isEmpty());
    }

    /** Repeated or with commas. */
    static List<String> list(@Nullable List<String> given) {
        return given == null
                ? List.of()
                : given.stream()
                        .flatMap(each -> Arrays.stream(each.split(",")))
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toList();
    }

    static Map<String, String> labels(@Nullable List<String> given) {
        Map<String, String> labels = new TreeMap<>();
        for (String each : list(given)) {
            int colon = each.indexOf(':');
            if (colon <= 0) {
                throw wrong("labels", "name:value");
            }
            labels.put(each.substring(0, colon), each.substring(colon + 1));
        }
        return labels;
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

    /** Words of a closed list, repeated or with commas. */
    static <T> Set<T> words(String name, @Nullable List<String> given, Function<String, T> reading, String words) {
        return list(given).stream()
                .flatMap(each -> word(name, each, reading, words).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    static ProblemException wrong(String name, String wanted) {
        return ProblemException.field(name, ErrorCode.BAD_PARAMETER, "must be " + wanted);
    }
}
