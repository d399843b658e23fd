package io.peerscope.contracts.silence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a stretch of time comes again: at the same local time of its zone, so that a night's maintenance stays at night when
 * the clocks change. A local time that does not exist that day is taken as much later as the clocks jumped; of one that
 * exists twice it is the first.
 *
 * @param until after this it comes no more, and one that is under way ends
 */
public record Recurrence(
        Every every, ZoneId timeZone, @Nullable Instant until) {

    public enum Every {
        DAILY(1),
        WEEKLY(7);

        private final int days;

        Every(int days) {
            this.days = days;
        }

        /** The longest stretch that can come again so often. */
        public Duration period() {
            return Duration.ofDays(days);
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        public static Every of(String word) {
            return find(word).orElseThrow(() -> new IllegalArgumentException("must be daily or weekly, was " + word));
        }

        public static Optional<Every> find(String word) {
            return Arrays.stream(values())
                    .filter(every -> every.word().equals(word))
                    .findFirst();
        }
    }

    /** Whether the stretch, which first is this one, is on at that time. The end is exclusive. */
    boolean covers(Instant from, Instant to, Instant at) {
        if (at.isBefore(from) || until != null && !at.isBefore(until)) {
            return false;
        }
        LocalDateTime first = LocalDateTime.ofInstant(from, timeZone);
        LocalDateTime end = LocalDateTime.ofInstant(to, timeZone);
        long days = ChronoUnit.DAYS.between(
                first.toLocalDate(), LocalDateTime.ofInstant(at, timeZone).toLocalDate());
        long latest = days / every.days;
        for (long round = Math.max(0, latest - 1); round <= latest; round++) {
            Instant begins = first.plusDays(round * every.days).atZone(timeZone).toInstant();
            Instant ends = end.plusDays(round * every.days).atZone(timeZone).toInstant();
            if (!at.isBefore(begins) && at.isBefore(ends)) {
                return true;
            }
        }
        return false;
    }
}
