package io.peerscope.query.rest;

import io.peerscope.contracts.problem.ErrorCode;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long measurements of sessions are kept, and so how far back one may ask.
 *
 * @param current asked for each question, so that it may change
 */
public record KeptSessions(Supplier<Duration> current) {

    int hours(@Nullable String text) {
        return within("hours", text, 24, (int)
                Math.min(Integer.MAX_VALUE, current.get().toHours()));
    }

    int days(@Nullable String text) {
        return within(
                "days", text, 7, (int) Math.min(Integer.MAX_VALUE, current.get().toDays()));
    }

    private static int within(String name, @Nullable String text, int usual, int kept) {
        int most = Math.max(1, kept);
        return Query.number(
                name,
                text,
                Math.min(usual, most),
                1,
                most,
                ErrorCode.RANGE_TOO_WIDE,
                "; measurements are kept for so long");
    }
}
