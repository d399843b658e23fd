package io.peerscope.notify.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerscope.contracts.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long the other side wants us to wait: the {@code Retry-After} header with seconds or an HTTP date, or
 * {@code retry_after} seconds in a JSON body as Discord sends it. The longer one where there are two; at most an hour.
 */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofHours(1);
    /** Discord's have a fraction. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,9})?");

    private RetryAfter() {}

    static Optional<Duration> parse(@Nullable String header, String body, Instant now) {
        return Stream.concat(header(header, now).stream(), body(body).stream())
                .map(RetryAfter::bounded)
                .max(Duration::compareTo);
    }

    private static Optional<Duration> header(@Nullable String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(seconds(Double.parseDouble(text)));
        }
        try {
            return Optional.of(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> body(String body) {
        if (!body.startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode wait = Json.mapper().readTree(body).path("retry_after");
            return wait.isNumber() ? Optional.of(seconds(wait.doubleValue())) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(Math.min(seconds, LONGEST.toSeconds()) * 1000));
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
